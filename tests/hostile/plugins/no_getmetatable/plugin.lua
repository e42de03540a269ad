-- expect: call: there is no 'getmetatable'
return program { id = "no_getmetatable", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    getmetatable("").__index = a
  end } }
