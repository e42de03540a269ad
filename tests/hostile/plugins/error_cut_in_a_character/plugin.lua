-- expect: call: é...
return program { id = "error_cut_in_a_character", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error(("é"):rep(1000), 0)
  end } }
