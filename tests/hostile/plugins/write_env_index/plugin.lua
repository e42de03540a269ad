-- expect: call: sets the global [1]
return program { id = "write_env_index", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    _ENV[1] = 1
  end } }
