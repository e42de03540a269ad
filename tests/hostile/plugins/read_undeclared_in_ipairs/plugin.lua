-- expect: call: reads [1], which it does not declare
return program { id = "read_undeclared_in_ipairs", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for i, v in ipairs(a) do return true end
  end } }
