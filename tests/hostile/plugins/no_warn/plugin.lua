-- expect: call: there is no 'warn'
return program { id = "no_warn", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    warn("x")
  end } }
