-- expect: call: it changed 'kept'
local kept
return program { id = "state_keeps_the_argument", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    kept = kept or a
    return true
  end } }
