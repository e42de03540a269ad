-- expect: call: attempt to compare
return program { id = "compare_mixed", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a.age < "x"
  end } }
