-- expect: call: there is no 'os'
return program { id = "no_os", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    os.execute("true")
  end } }
