-- expect: call: more than
return program { id = "garbage_near_the_limit", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local keep = {}
    for i = 1, 3500 do keep[i] = { i, i, i, i } end
    while true do local s = ("x"):rep(4000) .. "y" end
  end } }
