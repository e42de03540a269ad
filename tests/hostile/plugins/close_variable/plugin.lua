-- expect: call: non-closable value
return program { id = "close_variable", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local x <close> = {}
    return true
  end } }
