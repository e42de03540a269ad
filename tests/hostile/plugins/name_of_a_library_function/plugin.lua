-- expect: load: expected a text
return program { id = "name_of_a_library_function", name = tostring, cite = "none", eligible = rule { "x", "y" } }
