-- expect: load: more than 20000 entries
local reads, tree = {}, {}
for i = 1, 400 do reads[i] = "item" end
for i = 1, 1000 do tree[i] = rule { "x", reads = reads, function(a) return true end } end
return program { id = "reads_shared_without_end", name = "Hostile", cite = "none", eligible = all(tree) }
