-- expect: load: there is no 'pcall'
while true do pcall(function() while true do end end) end
return program { id = "pcall_around_the_limit_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
