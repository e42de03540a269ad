-- expect: load: was given a library
local r = rule(math)
return program { id = "word_on_a_library", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
