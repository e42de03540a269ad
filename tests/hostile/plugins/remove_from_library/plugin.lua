-- expect: call: changes a table that was made outside
return program { id = "remove_from_library", name = "Hostile", cite = "none",
  eligible = rule { "attack", reads = { "age" }, function(a)
    table.remove(math)
  end } }
