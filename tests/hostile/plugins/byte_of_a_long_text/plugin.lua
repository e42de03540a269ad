-- expect: call: string slice too long
return program { id = "byte_of_a_long_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return (("x"):rep(65000):byte(1, -1)) == 0
  end } }
