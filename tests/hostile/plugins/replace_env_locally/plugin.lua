-- expect: call: attempt to index a nil value
return program { id = "replace_env_locally", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local _ENV = nil
    return x
  end } }
