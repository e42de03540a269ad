-- expect: call: assertion failed
return program { id = "assert_table", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    assert(nil, {})
  end } }
