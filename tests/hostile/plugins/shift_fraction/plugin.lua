-- expect: call: has no integer representation
return program { id = "shift_fraction", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return 1 << 1.5 == 1
  end } }
