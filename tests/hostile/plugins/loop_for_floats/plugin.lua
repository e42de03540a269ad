-- expect: call: more than 200000 instructions
return program { id = "loop_for_floats", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for i = 1, math.huge do end
  end } }
