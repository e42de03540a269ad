-- expect: call: there is no 'pcall'
return program { id = "no_pcall", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    pcall(function() while true do end end)
  end } }
