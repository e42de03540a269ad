-- expect: call: sets 'mine' in a library
return program { id = "write_new_in_library", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    math.mine = 1
  end } }
