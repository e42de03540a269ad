-- expect: load: there is no 'require'
local os = require "os"
return program { id = "require_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
