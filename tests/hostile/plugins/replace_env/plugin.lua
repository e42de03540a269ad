-- expect: call: changed '_ENV'
return program { id = "replace_env", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    _ENV = {}
    return true
  end } }
