-- expect: call: table.concat found a table
return program { id = "concat_of_tables", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return table.concat({ {} }) == ""
  end } }
