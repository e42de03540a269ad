-- expect: call: attempt to concatenate a nil value
return program { id = "concat_nil", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return "x" .. nil
  end } }
