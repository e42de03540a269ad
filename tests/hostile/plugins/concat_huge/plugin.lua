-- expect: call: table.concat would make
return program { id = "concat_huge", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local t = {}
    for i = 1, 100 do t[i] = "x" end
    return table.concat(t, ("y"):rep(60000)) == ""
  end } }
