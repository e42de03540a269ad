-- expect: call: a nil value (method 'dump')
return program { id = "no_string_dump", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):dump()
  end } }
