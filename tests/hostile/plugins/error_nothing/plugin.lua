-- expect: call: error() was given a no value
return program { id = "error_nothing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error()
  end } }
