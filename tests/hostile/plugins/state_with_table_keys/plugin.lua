-- expect: load: names are tables or functions
local key = {}
local t = { [key] = 1 }
return program { id = "state_with_table_keys", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a) return t[key] == a.age end } }
