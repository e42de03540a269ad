local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R027.drl"

return program {
  id      = "S2R027",
  name    = "Commodity Supplemental Food Program",
  agency  = "NYS Department of Health",
  helps   = "A monthly box of food for older people.",
  cite    = "7 CFR 247; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R027.nyc" },
    rule { "somebody of 60 or older lives in the home",
      "age >= S2R027_age.from or any(household_roster, member.age >= S2R027_age.from)",
      code = "S2R027.older" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R027_income_limit[household_size]",
      code = "S2R027.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R027.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Call 311 and ask for a food box for older people.", otherwise = true, verified = false } },
  cannot = { "bring other food than its list (not verified)" },
}
