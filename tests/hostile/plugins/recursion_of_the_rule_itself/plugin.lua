-- expect: call: more than
local again
function again(a) return not again(a) end
return program { id = "recursion_of_the_rule_itself", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return again(a)
  end } }
