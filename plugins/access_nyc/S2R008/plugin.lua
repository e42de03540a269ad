-- A household with Cash Assistance, SSI or a foster child holds without a look at the age of its children: so the
-- City's file says.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R008.drl"

return program {
  id      = "S2R008",
  name    = "Head Start",
  agency  = "NYC Public Schools",
  helps   = "Free learning, meals and family help for small children.",
  cite    = "42 USC 9840; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    all { "a small child and a low income",
      rule { "a child of 5 or younger lives in the home",
        "age <= S2R008_age.until or any(household_roster, member.age <= S2R008_age.until)",
        code = "S2R008.child" },
      rule { "the household's yearly income is within the limit for its size",
        "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
        "S2R008_income_limit[household_size]",
        code = "S2R008.income" } },
    all { "in the city, with a benefit or a foster child",
      rule { "lives in New York City", "lives_in_nyc", code = "S2R008.nyc" },
      any { "a benefit or a foster child",
        rule { "the household gets Cash Assistance",
          "income_household_has_cash_assistance",
          code = "S2R008.cash_assistance" },
        rule { "the household gets SSI", "income_household_has_ssi", code = "S2R008.ssi" },
        rule { "a foster child lives in the home", "foster_children > 0", code = "S2R008.foster" } } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R008.larger", verified = false },
  },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply in MySchools or at a Head Start center.", otherwise = true, verified = false } },
  cannot = { "promise a place in one center (not verified)" },
}
