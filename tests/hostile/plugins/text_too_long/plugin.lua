-- expect: load: at most 4000 are allowed
return program { id = "text_too_long", name = ("Hostile"):rep(1000), cite = "none", eligible = rule { "x", "y" } }
