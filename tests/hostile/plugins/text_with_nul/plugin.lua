-- expect: load: not UTF-8 text
return program { id = "text_with_nul", name = "Hostile \0 text", cite = "none", eligible = rule { "x", "y" } }
