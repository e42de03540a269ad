-- expect: load: more than 1024 kB
local s = "x"
while true do s = s .. s end
return program { id = "string_doubling_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
