-- expect: call: there is no 'rawset'
return program { id = "no_rawset", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    rawset(a, "x", 1)
  end } }
