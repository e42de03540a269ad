-- expect: call: must be grown up
return program { id = "assert_text", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    assert(a.age > 99, "must be grown up")
  end } }
