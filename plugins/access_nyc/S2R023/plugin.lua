local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R023.drl"

return program {
  id      = "S2R023",
  name    = "Summer Meals",
  agency  = "NYC Public Schools",
  helps   = "Free meals for children in the summer.",
  cite    = "7 CFR 225; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody under 19 lives in the home",
      "age < S2R023_age.below or any(household_roster, member.age < S2R023_age.below)",
      code = "S2R023.child" } },

  next_step = first { { "Go to a meal site; no papers are needed.", otherwise = true, verified = false } },
  cannot = { "feed adults (not verified)" },
}
