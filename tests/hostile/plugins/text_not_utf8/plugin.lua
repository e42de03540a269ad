-- expect: load: not UTF-8 text
return program { id = "text_not_utf8", name = "Hostile \255", cite = "none", eligible = rule { "x", "y" } }
