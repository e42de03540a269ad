-- expect: call: without a text
return program { id = "error_empty", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error("", 0)
  end } }
