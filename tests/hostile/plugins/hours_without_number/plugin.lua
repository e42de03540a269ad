-- expect: load: hours takes one number
local h = hours {}
return program { id = "hours_without_number", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
