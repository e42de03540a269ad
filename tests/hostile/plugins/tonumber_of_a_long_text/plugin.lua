-- expect: call: more than
return program { id = "tonumber_of_a_long_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local s = ("9"):rep(65000)
    while true do tonumber(s) end
  end } }
