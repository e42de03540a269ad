-- expect: call: a nil value (method 'find')
return program { id = "no_string_find", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):find(("a*"):rep(20) .. "b")
  end } }
