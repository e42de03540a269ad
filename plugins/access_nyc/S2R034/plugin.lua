-- Other reduced fares are not asked for here; the pack nyc has that condition too (ff).

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R034.drl"

return program {
  id      = "S2R034",
  name    = "Fair Fares NYC",
  agency  = "HRA",
  helps   = "Half-price subway, bus and Access-A-Ride fares.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R034.nyc" },
    rule { "somebody of 18 to 64 lives in the home",
      "age >= S2R034_age.from and age <= S2R034_age.until or any(household_roster, member.age >= " ..
      "S2R034_age.from and member.age <= S2R034_age.until)",
      code = "S2R034.adult" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R034_income_limit[household_size]",
      code = "S2R034.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R034.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply in ACCESS HRA, or call 311.", otherwise = true, verified = false } },
  cannot = { "be used together with another reduced fare (not verified)" },
}
