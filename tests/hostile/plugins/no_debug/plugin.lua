-- expect: call: there is no 'debug'
return program { id = "no_debug", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    debug.sethook()
  end } }
