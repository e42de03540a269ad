-- expect: call: error() was given a function
return program { id = "error_function", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error(error)
  end } }
