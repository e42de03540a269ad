-- expect: call: string.rep would make
return program { id = "rep_separator", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return #("").rep("", 1 << 60, "x") > 0
  end } }
