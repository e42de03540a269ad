-- Cash Assistance as the City's screener sees it. The pack nyc has the fuller rule (ca). The limits are the ones
-- below which a household may be eligible: at the limit it is not.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R010.drl"

return program {
  id      = "S2R010",
  name    = "Cash Assistance",
  agency  = "HRA",
  helps   = "Money each month for rent and living costs.",
  cite    = "18 NYCRR 352; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R010.nyc" },
    any {
      rule { "countable income is below the limit for any household",
        "household_size <= city_sizes.largest and income_household_monthly_ca_minus_work_expense < " ..
        "S2R010_limit_general[household_size]",
        code = "S2R010.income" },
      all {
        any { "a child or a pregnant person",
          rule { "a child of 18 or younger lives in the home",
            "age <= S2R010_age.until or any(household_roster, member.age <= S2R010_age.until)",
            code = "S2R010.child" },
          rule { "somebody is pregnant", "pregnant_any", code = "S2R010.pregnant" } },
        rule { "countable income is below the limit with a child",
          "household_size <= city_sizes.largest and income_household_monthly_ca_minus_work_expense < " ..
          "S2R010_limit_child[household_size]",
          code = "S2R010.income_child" } } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R010.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "The lease or a letter about the rent", verified = false },
  },
  next_step = first { { "Apply in ACCESS HRA, or call 718-557-1399.", otherwise = true, verified = false } },
  cannot = { "start before an interview (not verified)" },
}
