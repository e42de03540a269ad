-- The City's file does not name the program; its limits are those of the Essential Plan. Until 31 May 2026 (assumed)
-- they were from 138 % to 250 % of poverty; since then the City has one limit, 200 %, and no lower one.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R058.drl"

return program {
  id      = "S2R058",
  name    = "Essential Plan",
  agency  = "NY State of Health",
  helps   = "Health insurance for adults who have too much for Medicaid.",
  cite    = "42 USC 18051; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "an adult of 19 to 64 has no Medicaid",
      "age >= S2R058_age.from and age <= S2R058_age.until and not client_has_medicaid or any(household_roster, " ..
      "member.age >= S2R058_age.from and member.age <= S2R058_age.until and member.medicaid == 'none')",
      code = "S2R058.adult" },
    rule { "the household's yearly income is above the Medicaid limit (until 31 May 2026)",
      "as_of >= S2R058_lower_limit_ends or (household_size <= city_sizes.largest and " ..
      "income_household_total_yearly > S2R058_income_above[household_size])",
      code = "S2R058.above" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R058_income_limit[household_size]",
      code = "S2R058.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R058.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply at NY State of Health, 855-355-5777.", otherwise = true, verified = false } },
  cannot = { "insure children (not verified)" },
}
