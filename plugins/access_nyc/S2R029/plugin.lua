local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R029.drl"

return program {
  id      = "S2R029",
  name    = "Nurse-Family Partnership",
  agency  = "DOHMH",
  helps   = "A nurse who visits during the first pregnancy and until the child is two.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody is pregnant", "pregnant_any", code = "S2R029.pregnant" },
    any { "Medicaid or an income within the limit",
      rule { "somebody has Medicaid", "any_medicaid", code = "S2R029.medicaid" },
      rule { "the household's yearly income is within the limit for its size, unborn children counted",
        "members_plus_pregnant <= city_sizes.with_unborn and income_household_total_yearly <= " ..
        "S2R029_income_limit[members_plus_pregnant]",
        code = "S2R029.income" } } },

  notes = {
    note { "The City's table ends at nine people, unborn children counted. Ask the agency: it may have a limit for " ..
      "larger households.",
      when = "members_plus_pregnant > city_sizes.with_unborn",
      code = "S2R029.larger", verified = false },
  },

  next_step = first { { "Call 311 and ask for the Nurse-Family Partnership.", otherwise = true, verified = false } },
  cannot = { "begin after the first weeks of the baby (not verified)" },
}
