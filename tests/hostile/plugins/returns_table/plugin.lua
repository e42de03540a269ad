-- expect: call: returned a table, expected true or false
return program { id = "returns_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return {}
  end } }
