-- expect: call: more than
return program { id = "table_growing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    for i = 1, math.maxinteger do t[i] = i end
  end } }
