-- expect: call: more than 200000 instructions
return program { id = "loop_at_call", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    while true do end
  end } }
