-- expect: call: compare number with nil
return program { id = "tonumber_of_a_long_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return tonumber(("9"):rep(65000)) > 0
  end } }
