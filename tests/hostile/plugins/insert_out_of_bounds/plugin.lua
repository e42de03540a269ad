-- expect: call: position out of bounds
return program { id = "insert_out_of_bounds", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.insert({}, math.maxinteger, 0)
  end } }
