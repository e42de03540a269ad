-- expect: call: bad argument #2 to 'fmod' (zero)
return program { id = "fmod_zero", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return math.fmod(1, 0) == 1
  end } }
