-- expect: load: on purpose
error("on purpose")
return program { id = "error_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
