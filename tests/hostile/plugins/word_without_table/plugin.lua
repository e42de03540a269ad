-- expect: load: rule takes one table
local r = rule "x"
return program { id = "word_without_table", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
