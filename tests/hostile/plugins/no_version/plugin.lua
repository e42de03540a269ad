-- expect: call: there is no '_VERSION'
return program { id = "no_version", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return _VERSION == ""
  end } }
