-- expect: call: 'for' step is zero
return program { id = "loop_for_step_zero", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    for i = 1, 10, 0 do end
  end } }
