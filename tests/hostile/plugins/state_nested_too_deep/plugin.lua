-- expect: load: nested more than 32 deep
local t = {}
for i = 1, 100 do t = { t } end
return program { id = "state_nested_too_deep", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a) return t[1] == a.age end } }
