-- expect: call: returned -9223372036854775808
return program { id = "integer_overflow", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return math.maxinteger + 1
  end } }
