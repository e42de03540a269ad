-- expect: call: it changed 'calls'
local calls = 0
return program { id = "state_counter", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    calls = calls + 1
    return calls > 1
  end } }
