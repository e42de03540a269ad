-- expect: call: more than 200000 instructions
return program { id = "loop_repeat", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    repeat local x = a.age until false
  end } }
