-- expect: call: writes 'n' into a table
local memo = { n = 0 }
return program { id = "state_in_a_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    memo.n = memo.n + 1
    return memo.n > 1
  end } }
