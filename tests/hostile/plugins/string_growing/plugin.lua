-- expect: call: more than
return program { id = "string_growing", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local s = "x"
    while true do s = s .. "x" end
  end } }
