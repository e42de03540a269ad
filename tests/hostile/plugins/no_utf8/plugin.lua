-- expect: call: there is no 'utf8'
return program { id = "no_utf8", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    utf8.char(1)
  end } }
