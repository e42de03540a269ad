local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R022.drl"

return program {
  id      = "S2R022",
  name    = "WIC",
  agency  = "NYS Department of Health",
  helps   = "Food and advice for pregnant people and children under five.",
  cite    = "7 CFR 246.7; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    any { "somebody is pregnant or under 5",
      rule { "somebody is pregnant", "pregnant_any", code = "S2R022.pregnant" },
      rule { "a child under 5 lives in the home",
        "age < S2R022_age.below or any(household_roster, member.age < S2R022_age.below)",
        code = "S2R022.child" } },
    any { "Medicaid, Cash Assistance or an income within the limit",
      rule { "somebody has Medicaid", "any_medicaid", code = "S2R022.medicaid" },
      rule { "the household gets Cash Assistance",
        "income_household_has_cash_assistance",
        code = "S2R022.cash_assistance" },
      rule { "the household's yearly income is within the limit for its size",
        "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
        "S2R022_income_limit[household_size]",
        code = "S2R022.income" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R022.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Make an appointment at a WIC center.", otherwise = true, verified = false } },
  cannot = { "be spent on other food than its list (not verified)" },
}
