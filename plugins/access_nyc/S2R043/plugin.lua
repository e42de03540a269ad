local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R043.drl"

return program {
  id      = "S2R043",
  name    = "Lifeline",
  agency  = "Federal Communications Commission",
  helps   = "A lower bill for a phone or the internet.",
  cite    = "47 CFR 54.409; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "somebody has Medicaid", "any_medicaid", code = "S2R043.medicaid" },
    rule { "somebody gets SSI, a veteran's, a survivor's or a Medicaid disability benefit",
      "income_household_has_benefit",
      code = "S2R043.benefit" },
    rule { "the home is rented from NYCHA",
      "living_situation == 'rent_lease' and rental_type == 'nycha'",
      code = "S2R043.nycha" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R043_income_limit[household_size]",
      code = "S2R043.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R043.larger", verified = false },
  },

  documents = {
    document { "Award letter of a benefit, or proof of income", verified = false },
  },
  next_step = first { { "Apply with the National Verifier, 800-234-9473.", otherwise = true, verified = false } },
  cannot = { "be used twice in one household (not verified)" },
}
