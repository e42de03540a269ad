-- expect: call: more than
return program { id = "recursion", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local function down(n) return 1 + down(n + 1) end
    return down(0) > 0
  end } }
