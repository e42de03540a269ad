-- expect: call: there is no 'load'
return program { id = "no_load", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    load("return 1")()
  end } }
