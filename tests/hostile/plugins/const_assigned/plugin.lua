-- expect: load: attempt to assign to const variable
local x <const> = 1
x = 2
return program { id = "const_assigned", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
