-- expect: call: there is no 'rawlen'
return program { id = "no_rawlen", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    rawlen(a)
  end } }
