-- Above what is said to be the Medicaid limit. The limits here are those of the 2024 guideline, while the Medicaid
-- limits (S2R038) are of 2026: a family between the two is told both. That costs nobody anything.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R057.drl"

return program {
  id      = "S2R057",
  name    = "Child Health Plus",
  agency  = "NYS Department of Health",
  helps   = "Health insurance for children whose family has too much for Medicaid.",
  cite    = "Public Health Law 2511; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    all { "an infant",
      rule { "somebody younger than 1 lives in the home",
        "age < S2R057_age.infant_below or any(household_roster, member.age < S2R057_age.infant_below)",
        code = "S2R057.infant" },
      rule { "the household's yearly income is above the Medicaid limit of an infant",
        "household_size <= city_sizes.largest and income_household_total_yearly > " ..
        "S2R057_above_infant[household_size]",
        code = "S2R057.above_infant" } },
    all { "a child",
      rule { "nobody younger than 1 lives in the home",
        "not (age < S2R057_age.infant_below or any(household_roster, member.age < S2R057_age.infant_below))",
        code = "S2R057.no_infant" },
      rule { "somebody of 1 to 18 lives in the home",
        "age >= S2R057_age.infant_below and age <= S2R057_age.until or any(household_roster, member.age >= " ..
        "S2R057_age.infant_below and member.age <= S2R057_age.until)",
        code = "S2R057.child" },
      rule { "the household's yearly income is above the Medicaid limit of a child",
        "household_size <= city_sizes.largest and income_household_total_yearly > " ..
        "S2R057_above_child[household_size]",
        code = "S2R057.above_child" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R057.larger", verified = false },
  },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply at NY State of Health, 855-355-5777.", otherwise = true, verified = false } },
  cannot = { "insure parents (not verified)" },
}
