-- expect: call: a nil value (method 'reverse')
return program { id = "no_string_reverse", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):reverse()
  end } }
