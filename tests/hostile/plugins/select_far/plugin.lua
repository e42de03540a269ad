-- expect: call: returned
return program { id = "select_far", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return (select(math.maxinteger, 1, 2)) or {}
  end } }
