-- expect: call: reads 'hiv_status', which it does not declare
return program { id = "read_undeclared", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a.hiv_status == "positive"
  end } }
