-- expect: call: ?  [31m red ?
return program { id = "error_control_characters", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error("\255 \27[31m red \0 \r\n", 0)
  end } }
