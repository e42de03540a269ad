local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R019.drl"

return program {
  id      = "S2R019",
  name    = "Home Energy Assistance Program (HEAP)",
  agency  = "HRA",
  helps   = "Money for heating and for a broken heater.",
  cite    = "42 USC 8621; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "the household gets Cash Assistance",
      "income_household_has_cash_assistance",
      code = "S2R019.cash_assistance" },
    rule { "lives alone and gets SSI", "household_size == 1 and income_household_has_ssi", code = "S2R019.ssi" },
    rule { "the household's monthly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_monthly <= " ..
      "S2R019_income_limit[household_size]",
      code = "S2R019.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R019.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
    document { "The energy bill", verified = false },
  },
  next_step = first { { "Apply in ACCESS HRA, or call 718-557-1399.", otherwise = true, verified = false } },
  cannot = { "pay before it opens for the season (not verified)" },
}
