-- expect: load: nested more than 32 deep
local tree = rule { "x", "y" }
for i = 1, 100 do tree = all { tree } end
return program { id = "criteria_too_deep", name = "Hostile", cite = "none", eligible = tree }
