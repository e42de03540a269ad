-- expect: call: more than
return program { id = "insert_in_front", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    while true do table.insert(t, 1, 0) end
  end } }
