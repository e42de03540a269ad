-- expect: call: it changed 'step'
local step = function() return 1 end
return program { id = "state_function", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    step = function() return a end
    return true
  end } }
