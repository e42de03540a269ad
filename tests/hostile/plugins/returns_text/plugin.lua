-- expect: call: returned a string, expected true or false
return program { id = "returns_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return "true"
  end } }
