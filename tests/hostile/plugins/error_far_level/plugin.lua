-- expect: call: far
return program { id = "error_far_level", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error("far", 1 << 40)
  end } }
