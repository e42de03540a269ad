-- expect: call: addresses: table function
return program { id = "tostring_addresses", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    error("addresses: " .. tostring({}) .. " " .. tostring(tostring))
  end } }
