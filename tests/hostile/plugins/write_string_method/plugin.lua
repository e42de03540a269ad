-- expect: call: index a string value
return program { id = "write_string_method", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    ("").upper = function() return "" end
  end } }
