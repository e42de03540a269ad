-- expect: load: more than
local tree = {}
for i = 1, 5000 do tree[i] = rule { "x", "y" } end
return program { id = "criteria_too_many", name = "Hostile", cite = "none", eligible = all(tree) }
