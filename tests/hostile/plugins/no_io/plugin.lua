-- expect: call: there is no 'io'
return program { id = "no_io", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    io.open("/etc/passwd")
  end } }
