-- expect: call: more than
return program { id = "compare_long_texts", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    local s = ("x"):rep(65000)
    local l, r = s .. s .. s .. "a", s .. s .. s .. "b"
    while l < r do end
  end } }
