-- expect: call: string.rep would make
return program { id = "rep_overflow", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return #("xx"):rep(math.maxinteger) > 0
  end } }
