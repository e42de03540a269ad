-- expect: call: attempt to compare
return program { id = "compare_nil", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return a.age < nil
  end } }
