-- expect: call: more than
return program { id = "loop_ipairs_growing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = { 1 }
    for i in ipairs(t) do t[i + 1] = i end
  end } }
