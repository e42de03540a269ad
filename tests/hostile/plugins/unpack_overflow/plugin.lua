-- expect: call: table.unpack gives at most
return program { id = "unpack_overflow", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return table.unpack({}, math.mininteger, math.maxinteger)
  end } }
