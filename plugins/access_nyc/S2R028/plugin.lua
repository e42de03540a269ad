local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R028.drl"
local YOUNG = "member.age >= S2R028_age.from and member.age <= S2R028_age.until" -- in the list of people

return program {
  id      = "S2R028",
  name    = "Learn & Earn",
  agency  = "DYCD",
  helps   = "Help with school and paid summer work for students.",
  cite    = CITE,
  version = "2026.1",

  worksheet = {
    line { "client_counts",
      "age >= S2R028_age.from and age <= S2R028_age.until",
      text = "The client is of the age", cite = CITE },
  },

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R028.nyc" },
    any { "a young person of 14 to 21 with one of the needs that count",
      all { "a young person of 14 to 21 in a household in need",
        rule { "somebody of 14 to 21 lives in the home",
          "client_counts or any(household_roster, " .. YOUNG ..
          ")",
          code = "S2R028.young" },
        any { "a shelter, a benefit or a low income",
          rule { "the household is in a shelter or homeless", "homeless_now", code = "S2R028.shelter" },
          rule { "the household gets Cash Assistance",
            "income_household_has_cash_assistance",
            code = "S2R028.cash_assistance" },
          rule { "the household gets SSI", "income_household_has_ssi", code = "S2R028.ssi" },
          rule { "the household's yearly income is within the limit for its size",
            "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
            "S2R028_income_limit[household_size]",
            code = "S2R028.income" } } },
      rule { "a young person is in foster care",
        "client_counts and any(household_roster, member.relation == 'foster_parent') or " ..
        "any(household_roster, " .. YOUNG ..
        " and member.relation == 'foster_child')",
        code = "S2R028.foster" },
      rule { "a young person is disabled or blind",
        "client_counts and (client_disabled or legally_blind) or any(household_roster, " .. YOUNG ..
        " and (member.disabled or member.blind))",
        code = "S2R028.disabled" },
      rule { "a young person is pregnant or a parent",
        "client_counts and (client_pregnant or any(household_roster, member.relation == 'child')) " ..
        "or any(household_roster, " .. YOUNG ..
        " and (member.pregnant or member.relation == 'parent'))",
        code = "S2R028.parent" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R028.larger", verified = false },
  },

  documents = {
    document { "Proof of age", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Find a program in discoverDYCD.", otherwise = true, verified = false } },
  cannot = { "promise a place in one program (not verified)" },
}
