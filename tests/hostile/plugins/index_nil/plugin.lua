-- expect: call: attempt to index a nil value
return program { id = "index_nil", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    return t.x.y
  end } }
