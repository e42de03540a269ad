-- W1's SNAP-like program: see ../../../../workload.md. Only for measuring.
return program {
  id = "snap", name = "W1 SNAP", agency = "W1", helps = "Measuring.", cite = "W1 1", version = "1",

  worksheet = {
    line { "gross",   "earned_income + unearned_income" },
    line { "over",    "gross > fpl200[household_size]" },
    line { "medical", "elderly_disabled and max(0, medical_expenses - medical_threshold) or 0" },
    line { "adjusted", "max(0, gross - earned_income * earned_deduction - (standard_deduction[household_size] + dependent_care + child_support + medical))" },
    line { "excess",  "max(0, rent + utility_allowance[utilities] - adjusted / 2)" },
    line { "capped",  "not elderly_disabled and excess > shelter_cap" },
    line { "net",     "max(0, adjusted - (capped and shelter_cap or excess))" },
    line { "computed", "max_allotment[household_size] - ceil(net * benefit_reduction)" },
    line { "raised",  "household_size <= small_household and computed < minimum_benefit" },
    line { "benefit", "raised and minimum_benefit or computed" },
  },

  eligible = all {
    rule { "a citizen or a permanent resident", "citizen ~= 'other'", code = "snap.citizenship" },
    rule { "gross income within the limit", "elderly_disabled or not over", code = "snap.gross_income_over_limit" },
    rule { "assets within the limit", "not (elderly_disabled and over and liquid_assets > asset_limit)", code = "snap.assets_over_limit" },
    rule { "net income within the limit", "net <= fpl100[household_size]", code = "snap.net_income_over_limit" },
    rule { "some benefit is left", "raised or computed > 0", code = "snap.zero_benefit" },
  },

  score = "benefit // 1",
  amount = amount { "benefit", per = "month", text = "Benefit" },

  notes = {
    note { "The gross income test is waived.", when = "elderly_disabled", code = "snap.gross_test_waived" },
    note { "The shelter deduction is capped.", when = "capped", code = "snap.shelter_capped" },
    note { "The minimum benefit applies.", when = "raised", code = "snap.minimum_benefit" },
  },
}
