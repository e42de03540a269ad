-- expect: load: was given what 'rule' made
local r = rule(rule { "x", "y" })
return program { id = "word_twice", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
