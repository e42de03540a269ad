-- expect: call: error() was given a table
return program { id = "error_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error({})
  end } }
