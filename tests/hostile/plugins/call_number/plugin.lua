-- expect: call: attempt to call a number value
return program { id = "call_number", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a.age()
  end } }
