local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R025.drl"

return program {
  id      = "S2R025",
  name    = "Older Adult Employment Program",
  agency  = "NYC Aging",
  helps   = "Paid training and help to find work for older people.",
  cite    = "20 CFR 641; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody of 55 or older is out of work",
      "age >= S2R025_age.from and employment_status == 'unemployed' or any(household_roster, member.age >= " ..
      "S2R025_age.from and member.unemployed)",
      code = "S2R025.older" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R025_income_limit[household_size]",
      code = "S2R025.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R025.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Call NYC Aging, 212-244-6469.", otherwise = true, verified = false } },
  cannot = { "promise a job (not verified)" },
}
