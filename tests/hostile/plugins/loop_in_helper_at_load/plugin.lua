-- expect: load: more than 2000000 instructions
local function spin(n) for i = 1, n do spin(n) end end
local function forever() while true do end end
forever(spin)
return program { id = "loop_in_helper_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
