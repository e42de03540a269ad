local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R012.drl"

return program {
  id      = "S2R012",
  name    = "School Tax Relief (STAR)",
  agency  = "NYS Department of Taxation and Finance",
  helps   = "Lower school taxes for people who own their home.",
  cite    = "RPTL 425; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R012.nyc" },
    rule { "owns the home", "living_situation == 'own'", code = "S2R012.owner" },
    rule { "the yearly income of the owners is within the limit",
      "income_owners_total_yearly <= S2R012_income_limit",
      code = "S2R012.income" } },

  documents = {
    document { "The deed", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Register for the STAR credit with New York State.", otherwise = true, verified = false } },
  cannot = { "lower other taxes (not verified)" },
}
