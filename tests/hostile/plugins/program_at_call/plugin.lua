-- expect: call: there is no 'program'
return program { id = "program_at_call", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return program {}
  end } }
