-- expect: call: xxx...
return program { id = "error_huge", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error(("x"):rep(65000))
  end } }
