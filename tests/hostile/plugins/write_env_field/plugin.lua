-- expect: call: sets the global 'x'
return program { id = "write_env_field", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    _ENV.x = 1
  end } }
