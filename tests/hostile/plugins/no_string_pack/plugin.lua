-- expect: call: a nil value (method 'pack')
return program { id = "no_string_pack", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):pack()
  end } }
