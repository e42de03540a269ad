-- expect: call: on purpose
local calls = 0
return program { id = "state_before_an_error", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    calls = calls + 1
    error("on purpose " .. calls)
  end } }
