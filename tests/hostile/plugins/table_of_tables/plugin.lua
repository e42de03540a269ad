-- expect: call: more than
return program { id = "table_of_tables", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    while true do t = { t, {}, {} } end
  end } }
