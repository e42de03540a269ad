-- The City's file asks for a person without Medicaid; whether that person has another insurance it does not ask.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R031.drl"

return program {
  id      = "S2R031",
  name    = "NYC Care",
  agency  = "NYC Health + Hospitals",
  helps   = "Low-cost and no-cost care in the public hospitals for people without insurance.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R031.nyc" },
    rule { "somebody has no Medicaid",
      "not client_has_medicaid or any(household_roster, member.medicaid == 'none')",
      code = "S2R031.uninsured" },
    rule { "the household's monthly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_monthly <= " ..
      "S2R031_income_limit[household_size]",
      code = "S2R031.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R031.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Call NYC Care, 646-692-2273.", otherwise = true, verified = false } },
  cannot = { "be used outside of NYC Health + Hospitals (not verified)" },
}
