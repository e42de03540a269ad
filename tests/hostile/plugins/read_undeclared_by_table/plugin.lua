-- expect: call: reads [a table], which it does not declare
return program { id = "read_undeclared_by_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a[{}] == 1
  end } }
