-- expect: call: more than
return program { id = "recursion_growing_arguments", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local function on(...) return on(1, ...) end
    return on()
  end } }
