-- expect: call: a nil value (field 'move')
return program { id = "no_table_move", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.move({}, 1, 1 << 60, 2)
  end } }
