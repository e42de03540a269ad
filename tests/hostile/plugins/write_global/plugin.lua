-- expect: call: sets the global 'counter'
return program { id = "write_global", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    counter = 1
  end } }
