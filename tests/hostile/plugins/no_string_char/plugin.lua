-- expect: call: a nil value (method 'char')
return program { id = "no_string_char", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):char()
  end } }
