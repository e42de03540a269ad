-- expect: call: there is no 'require'
return program { id = "no_require", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    require("os")
  end } }
