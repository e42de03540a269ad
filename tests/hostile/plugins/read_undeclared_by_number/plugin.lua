-- expect: call: reads [1], which it does not declare
return program { id = "read_undeclared_by_number", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a[1] == 1
  end } }
