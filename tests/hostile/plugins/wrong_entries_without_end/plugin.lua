-- expect: load: expected a criterion
local wrong, tree = {}, {}
for i = 1, 2000 do wrong[i] = "not a rule" end
all(wrong)
for i = 1, 2000 do tree[i] = wrong end
return program { id = "wrong_entries_without_end", name = "Hostile", cite = "none", eligible = all(tree) }
