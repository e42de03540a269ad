-- expect: call: there is no 'rawequal'
return program { id = "no_rawequal", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    rawequal(a, a)
  end } }
