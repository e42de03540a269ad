-- expect: call: it changed 'calls'
local calls = 0
local function count() calls = calls + 1; return calls end
return program { id = "state_counter_in_helper", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return count() > 1
  end } }
