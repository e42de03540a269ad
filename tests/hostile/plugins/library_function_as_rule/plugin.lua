-- expect: load: expected an expression, or a function written out here
return program { id = "library_function_as_rule", name = "Hostile", cite = "none", eligible = rule { "x", reads = {}, tostring } }
