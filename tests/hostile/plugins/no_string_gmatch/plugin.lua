-- expect: call: a nil value (method 'gmatch')
return program { id = "no_string_gmatch", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):gmatch("x")
  end } }
