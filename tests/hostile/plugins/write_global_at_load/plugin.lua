-- expect: load: sets the global 'helper'
function helper() return 1 end
return program { id = "write_global_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
