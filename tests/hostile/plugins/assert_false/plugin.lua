-- expect: call: assertion failed
return program { id = "assert_false", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    assert(false)
  end } }
