-- expect: call: there is no 'pairs'
return program { id = "no_pairs", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for k in pairs(a) do end
  end } }
