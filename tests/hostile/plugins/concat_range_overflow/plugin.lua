-- expect: call: table.concat found a nil
return program { id = "concat_range_overflow", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return table.concat({}, "", math.maxinteger - 1, math.maxinteger) == ""
  end } }
