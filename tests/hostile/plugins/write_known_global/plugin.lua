-- expect: call: sets the global 'ipairs'
return program { id = "write_known_global", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    ipairs = nil
  end } }
