-- expect: call: more than
return program { id = "rep_in_a_loop", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    while true do local s = ("x"):rep(65536) end
  end } }
