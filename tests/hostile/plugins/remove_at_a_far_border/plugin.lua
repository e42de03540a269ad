-- expect: call: more than 200000 instructions
return program { id = "remove_at_a_far_border", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    for k = 0, 61 do t[1 << k] = k end
    while true do table.remove(t, 1) end
  end } }
