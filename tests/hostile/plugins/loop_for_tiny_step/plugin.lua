-- expect: call: more than 200000 instructions
return program { id = "loop_for_tiny_step", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for i = 2^53, 2^53 + 2, 0.5 do end
    for i = 0.0, 1.0, 1e-300 do end
  end } }
