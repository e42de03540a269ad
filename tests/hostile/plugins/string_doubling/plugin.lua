-- expect: call: more than 1024 kB
return program { id = "string_doubling", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local s = "x"
    while true do s = s .. s end
  end } }
