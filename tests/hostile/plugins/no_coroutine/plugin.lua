-- expect: call: there is no 'coroutine'
return program { id = "no_coroutine", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    coroutine.wrap(function() while true do end end)()
  end } }
