-- expect: call: index out of range
return program { id = "select_negative", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return select(-1)
  end } }
