-- expect: call: table.concat found a nil
return program { id = "concat_range", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return table.concat({}, "", 1, 1 << 60) == ""
  end } }
