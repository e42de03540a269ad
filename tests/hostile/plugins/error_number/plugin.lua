-- expect: call: error() was given a number
return program { id = "error_number", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error(5)
  end } }
