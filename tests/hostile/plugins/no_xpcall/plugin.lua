-- expect: call: there is no 'xpcall'
return program { id = "no_xpcall", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    xpcall(a, a)
  end } }
