-- expect: call: there is no 'rule'
return program { id = "word_at_call", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return rule { "x", "y" }
  end } }
