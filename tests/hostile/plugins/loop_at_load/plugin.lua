-- expect: load: more than 2000000 instructions
while true do end
return program { id = "loop_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
