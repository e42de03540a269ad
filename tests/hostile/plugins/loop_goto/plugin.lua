-- expect: call: more than 200000 instructions
return program { id = "loop_goto", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    ::again::
    goto again
  end } }
