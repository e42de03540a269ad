-- expect: call: there is no 'dofile'
return program { id = "no_dofile", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    dofile("/etc/passwd")
  end } }
