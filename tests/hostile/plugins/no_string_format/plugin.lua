-- expect: call: a nil value (method 'format')
return program { id = "no_string_format", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):format()
  end } }
