-- expect: call: returned a number that is not finite, expected true or false
return program { id = "returns_nan", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return 0/0
  end } }
