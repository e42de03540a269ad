-- expect: load: texts have more than
local text, tree = ("x"):rep(4000), {}
for i = 1, 1900 do tree[i] = rule { text, text, cite = text } end
return program { id = "texts_shared_without_end", name = "Hostile", cite = "none", eligible = all(tree) }
