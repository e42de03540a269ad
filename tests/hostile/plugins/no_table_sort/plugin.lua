-- expect: call: a nil value (field 'sort')
return program { id = "no_table_sort", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.sort({ 3, 1, 2 }, function() return true end)
  end } }
