-- expect: call: more than 200000 instructions
return program { id = "insert_at_a_far_border", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    for k = 0, 61 do t[1 << k] = k end
    t[5], t[9] = 5, 9
    table.insert(t, 1, 0)
    return #t > 1 << 60
  end } }
