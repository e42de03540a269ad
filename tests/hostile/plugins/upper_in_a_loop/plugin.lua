-- expect: call: more than 200000 instructions
return program { id = "upper_in_a_loop", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local s = ("x"):rep(65000)
    while true do s = s:upper():lower() end
  end } }
