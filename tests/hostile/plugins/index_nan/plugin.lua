-- expect: call: index is NaN
return program { id = "index_nan", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    t[0 / 0] = 1
  end } }
