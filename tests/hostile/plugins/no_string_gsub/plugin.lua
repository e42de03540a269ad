-- expect: call: a nil value (method 'gsub')
return program { id = "no_string_gsub", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    return ("aaaaaaaaaaaaaaaaaaaaaaaa"):gsub("(a*)*b", "")
  end } }
