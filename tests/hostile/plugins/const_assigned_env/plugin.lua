-- expect: call: index a number value
return program { id = "const_assigned_env", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local _ENV <const> = 11
    return x
  end } }
