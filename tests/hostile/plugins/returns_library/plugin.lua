-- expect: call: returned a table, expected true or false
return program { id = "returns_library", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return math
  end } }
