-- expect: load: more than 2000000 instructions
local functions, tree = {}, {}
for i = 1, 1000 do functions[i] = function() return functions end end
for i = 1, 1000 do tree[i] = rule { "x", reads = {}, function(a) return functions[1] end } end
return program { id = "functions_shared_without_end", name = "Hostile", cite = "none", eligible = all(tree) }
