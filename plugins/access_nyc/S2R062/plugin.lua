-- The City's files do not name the program; its ages and limits (185 % of poverty) are those of the summer benefit.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R062.drl"

return program {
  id      = "S2R062",
  name    = "Summer EBT",
  agency  = "NYS OTDA",
  helps   = "Money for food in the summer for children of school age.",
  cite    = "7 CFR 292; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "a child of 6 to 16 lives in the home",
      "age >= S2R062_age.from and age <= S2R062_age.until or any(household_roster, member.age >= " ..
      "S2R062_age.from and member.age <= S2R062_age.until)",
      code = "S2R062.child" },
    any { "Cash Assistance, Medicaid or an income within the limit",
      rule { "the household gets Cash Assistance",
        "income_household_has_cash_assistance",
        code = "S2R062.cash_assistance" },
      rule { "somebody has Medicaid", "any_medicaid", code = "S2R062.medicaid" },
      rule { "the household's monthly income is within the limit for its size",
        "household_size <= city_sizes.largest and income_household_total_monthly <= " ..
        "S2R062_income_limit[household_size]",
        code = "S2R062.income" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R062.larger", verified = false },
  },

  next_step = first {
    { "Ask the Summer EBT line of New York State, 833-452-0096.", otherwise = true, verified = false } },
  cannot = { "buy hot or prepared food (not verified)" },
}
