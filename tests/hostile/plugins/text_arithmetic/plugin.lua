-- expect: call: attempt to perform arithmetic on a string value
return program { id = "text_arithmetic", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return "10" + 1 == 11
  end } }
