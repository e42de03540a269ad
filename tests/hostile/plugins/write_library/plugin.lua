-- expect: call: sets 'upper' in a library
return program { id = "write_library", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    string.upper = function() return "" end
  end } }
