-- expect: call: it changed 'last'
local last = ""
return program { id = "state_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    last = last .. "x"
    return true
  end } }
