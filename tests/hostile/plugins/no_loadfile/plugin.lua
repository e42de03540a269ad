-- expect: call: there is no 'loadfile'
return program { id = "no_loadfile", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    loadfile("/etc/passwd")
  end } }
