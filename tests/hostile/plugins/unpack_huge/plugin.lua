-- expect: call: table.unpack gives at most
return program { id = "unpack_huge", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return table.unpack({}, 1, 100000000)
  end } }
