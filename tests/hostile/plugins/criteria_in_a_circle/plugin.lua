-- expect: load: nested more than 32 deep
local circle = { "round" }
circle[2] = circle
return program { id = "criteria_in_a_circle", name = "Hostile", cite = "none", eligible = all(circle) }
