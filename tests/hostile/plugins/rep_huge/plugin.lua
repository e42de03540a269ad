-- expect: call: string.rep would make
return program { id = "rep_huge", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return #("x"):rep(1000000000) > 0
  end } }
