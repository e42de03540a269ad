-- expect: load: more than
local keep = {}
for i = 1, 6000 do keep[i] = { i, i, i } end
while true do local s = ("x"):rep(8000) .. "y" end
return program { id = "garbage_near_the_limit_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
