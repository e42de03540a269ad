-- expect: call: a nil value (global 'tostring')
return program { id = "own_env_reaches_nothing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local _ENV = { a = a }
    return tostring(a) == ""
  end } }
