-- expect: call: more than 200000 instructions
return program { id = "recursion_tail", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local function on() return on() end
    return on()
  end } }
