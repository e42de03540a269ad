-- expect: call: there is no 'loadstring'
return program { id = "no_loadstring", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    loadstring("return 1")
  end } }
