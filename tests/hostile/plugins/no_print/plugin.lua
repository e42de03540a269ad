-- expect: call: there is no 'print'
return program { id = "no_print", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    print("x")
  end } }
