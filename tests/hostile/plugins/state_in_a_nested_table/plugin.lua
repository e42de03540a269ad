-- expect: call: writes [1] into a table
local memo = { deep = { list = {} } }
return program { id = "state_in_a_nested_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    memo.deep.list[1] = 1
    return true
  end } }
