-- expect: call: writes 'x' into a table
local memo = {}
local function remember(x) memo.x = x; return x end
return program { id = "state_in_a_helpers_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return remember(1) == 1
  end } }
