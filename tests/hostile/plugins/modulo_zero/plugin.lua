-- expect: call: attempt to perform 'n
return program { id = "modulo_zero", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return 1 % (a.age - a.age) == 1
  end } }
