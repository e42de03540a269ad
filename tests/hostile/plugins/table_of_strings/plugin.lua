-- expect: call: more than
return program { id = "table_of_strings", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t, n = {}, 0
    while true do n = n + 1; t["k" .. n] = "v" .. n end
  end } }
