-- expect: call: sets 'other': answers are read-only
return program { id = "write_argument_new", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    a.other = 99
  end } }
