-- expect: call: changes a table that was made outside
return program { id = "insert_into_argument", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.insert(a, 1)
  end } }
