-- expect: call: there is no 'rawget'
return program { id = "no_rawget", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    rawget(a, "x")
  end } }
