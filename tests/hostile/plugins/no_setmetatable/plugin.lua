-- expect: call: there is no 'setmetatable'
return program { id = "no_setmetatable", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    setmetatable({}, { __gc = function() while true do end end })
  end } }
