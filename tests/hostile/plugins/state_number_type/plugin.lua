-- expect: call: it changed 'seen'
local seen = 1
return program { id = "state_number_type", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    seen = 1.0
    return true
  end } }
