-- expect: load: sets 'max' in a library
math.max = math.min
return program { id = "write_library_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
