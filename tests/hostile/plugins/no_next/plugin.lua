-- expect: call: there is no 'next'
return program { id = "no_next", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    next(a)
  end } }
