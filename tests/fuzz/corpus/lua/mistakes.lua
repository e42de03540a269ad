return program {
  id = "demo", nmae = 5, cite = "", eligible = all { nil, "x", rule { 1, 2, 3 }, {} },
  level = first { {}, { "x", act_within = 24 } }, notes = 3, items = { item {}, item { "a b", "monye" } },
  agency = "a", agency = "\xff" }