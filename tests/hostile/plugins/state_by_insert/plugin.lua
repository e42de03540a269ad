-- expect: call: changes a table that was made outside
local memo = {}
return program { id = "state_by_insert", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.insert(memo, a.age)
    return #memo > 1
  end } }
