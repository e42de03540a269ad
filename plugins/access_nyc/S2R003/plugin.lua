local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R003.drl"

return program {
  id      = "S2R003",
  name    = "Infants and Toddlers care",
  agency  = "NYC Public Schools",
  helps   = "Free or low-cost care and learning for very small children.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R003.nyc" },
    rule { "a child of 5 or younger lives in the home",
      "age <= S2R003_age.until or any(household_roster, member.age <= S2R003_age.until)",
      code = "S2R003.child" },
    rule { "the monthly income of the client, the spouse and the children is within the limit",
      "household_size >= city_sizes.family and household_size <= city_sizes.largest and " ..
      "income_adults_children_total_monthly <= S2R003_income_limit[household_size]",
      code = "S2R003.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R003.larger", verified = false },
  },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Apply in MySchools or ask a Family Welcome Center.", otherwise = true, verified = false } },
  cannot = { "promise a place in one center (not verified)" },
}
