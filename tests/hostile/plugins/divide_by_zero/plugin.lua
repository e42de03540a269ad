-- expect: call: divide by zero
return program { id = "divide_by_zero", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return 1 // (a.age - a.age) == 1
  end } }
