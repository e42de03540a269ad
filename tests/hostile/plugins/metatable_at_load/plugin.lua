-- expect: load: there is no 'setmetatable'
local t = setmetatable({}, { __gc = function() while true do end end })
return program { id = "metatable_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
