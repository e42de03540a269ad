-- expect: call: there is no '_G'
return program { id = "no_g", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    _G.x = 1
  end } }
