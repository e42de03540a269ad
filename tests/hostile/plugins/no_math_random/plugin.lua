-- expect: call: a nil value (field 'random')
return program { id = "no_math_random", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return math.random() > 0.5
  end } }
