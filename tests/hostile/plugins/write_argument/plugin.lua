-- expect: call: sets 'age': answers are read-only
return program { id = "write_argument", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    a.age = 99
  end } }
