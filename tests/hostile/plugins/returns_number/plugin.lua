-- expect: call: returned 1, expected true or false
return program { id = "returns_number", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return 1
  end } }
