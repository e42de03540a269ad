-- expect: call: it changed 'zero'
local zero = 0.0
return program { id = "state_negative_zero", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    zero = -0.0
    return true
  end } }
