-- expect: call: changes a table that was made outside
return program { id = "insert_into_env", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.insert(_ENV, 1)
  end } }
