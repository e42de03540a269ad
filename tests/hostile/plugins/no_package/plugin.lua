-- expect: call: there is no 'package'
return program { id = "no_package", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    package.loadlib("x", "y")
  end } }
