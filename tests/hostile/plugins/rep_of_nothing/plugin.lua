-- expect: call: returned a string
return program { id = "rep_of_nothing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("").rep("", 1 << 60)
  end } }
