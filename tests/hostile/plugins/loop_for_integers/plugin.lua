-- expect: call: more than 200000 instructions
return program { id = "loop_for_integers", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for i = math.mininteger, math.maxinteger do end
  end } }
