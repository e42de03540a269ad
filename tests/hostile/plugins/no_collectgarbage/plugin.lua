-- expect: call: there is no 'collectgarbage'
return program { id = "no_collectgarbage", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    collectgarbage("stop")
  end } }
