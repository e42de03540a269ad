-- expect: load: more than 2000 criteria
local tree = rule { "x", "y" }
for i = 1, 30 do tree = all { tree, tree } end
return program { id = "criteria_shared_without_end", name = "Hostile", cite = "none", eligible = tree }
