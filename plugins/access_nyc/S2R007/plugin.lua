-- SNAP as the City's screener sees it: gross income after child support paid. The pack nyc has the whole budget
-- (snap).

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R007.drl"

return program {
  id      = "S2R007",
  name    = "SNAP",
  agency  = "HRA",
  helps   = "Money each month to buy food.",
  cite    = "7 CFR 273.9; 16-ADM-06; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "everybody in the home gets SSI or Cash Assistance",
      "income_household_all_ssi_or_cash",
      code = "S2R007.categorical" },
    rule { "income after child support paid is at most 130 % of poverty",
      "household_size <= city_sizes.largest and income_household_minus_child_support_paid <= " ..
      "S2R007_limit_130[household_size]",
      code = "S2R007.income_130" },
    all {
      rule { "somebody has earnings or a boarder",
        "income_household_wage_self_employment_boarder_monthly > 0",
        code = "S2R007.earned" },
      rule { "income after child support paid is at most 150 % of poverty",
        "household_size <= city_sizes.largest and income_household_minus_child_support_paid <= " ..
        "S2R007_limit_150[household_size]",
        code = "S2R007.income_150" } },
    all {
      any { "care is paid for, or somebody is 60 or older, disabled or blind",
        rule { "the household pays for child care or dependent care",
          "expense_household_has_child_or_dependent_care",
          code = "S2R007.care" },
        rule { "somebody is 60 or older",
          "age >= S2R007_age.from or any(household_roster, member.age >= S2R007_age.from)",
          code = "S2R007.older" },
        rule { "somebody is disabled or blind", "any_disabled_or_blind", code = "S2R007.disabled" } },
      rule { "income after child support paid is at most 200 % of poverty",
        "household_size <= city_sizes.largest and income_household_minus_child_support_paid <= " ..
        "S2R007_limit_200[household_size]",
        code = "S2R007.income_200" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R007.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of address", verified = false },
    document { "Bills for care", when = "dependent_care_cost_monthly > 0", verified = false },
  },
  next_step = first { { "Apply in ACCESS HRA, or call 718-557-1399.", otherwise = true, verified = false } },
  cannot = { "buy hot or prepared food (not verified)" },
}
