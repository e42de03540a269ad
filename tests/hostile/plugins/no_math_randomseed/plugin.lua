-- expect: call: a nil value (field 'randomseed')
return program { id = "no_math_randomseed", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    math.randomseed(1)
  end } }
