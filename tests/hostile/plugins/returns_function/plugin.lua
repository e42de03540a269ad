-- expect: call: returned a function, expected true or false
return program { id = "returns_function", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return function() end
  end } }
