-- expect: call: more than
return program { id = "closures_growing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    while true do t[#t + 1] = function() return t end end
  end } }
