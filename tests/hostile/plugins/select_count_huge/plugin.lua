-- expect: call: table.unpack gives at most
return program { id = "select_count_huge", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return select('#', table.unpack({}, 1, 10000000)) > 0
  end } }
