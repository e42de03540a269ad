local tree, text = {}, ("ab"):rep(3, "-"):upper()
for i = 1, 5 do tree[#tree + 1] = rule { text .. i, "x == " .. i, cite = tostring(i) } end
table.insert(tree, 1, "some of")
return program({ id = "demo", ["name"] = "Demo", cite = 'a\z
  b', eligible = any(tree), score = { reads = { "age" }, function(a) return a.age // 2, 1 end } })
