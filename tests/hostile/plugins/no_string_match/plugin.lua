-- expect: call: a nil value (method 'match')
return program { id = "no_string_match", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):match("x")
  end } }
