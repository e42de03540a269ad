-- expect: call: a nil value (field 'pack')
return program { id = "no_table_pack", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.pack(1)
  end } }
