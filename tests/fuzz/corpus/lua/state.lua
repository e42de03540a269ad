local n, memo = 0, { deep = { 1 } }
local function count() n = n + 1 return n end
return program { id = "demo", name = "Demo", cite = "c", eligible = all {
  rule { "counter", reads = {}, function(a) return count() > 1 end },
  rule { "table", reads = {}, function(a) memo.deep[2] = 1 return true end },
  rule { "argument", reads = { "age" }, function(a) a.age = 1 end },
  rule { "environment", reads = {}, function(a) _ENV = {} return true end },
  rule { "growth", reads = {}, function(a) local s = "x" while true do s = s .. s end end } } }
