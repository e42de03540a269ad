local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R004.drl"

return program {
  id      = "S2R004",
  name    = "Child Tax Credit",
  agency  = "IRS",
  helps   = "A tax credit for families with children.",
  cite    = "26 USC 24; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "a child under 17 lives in the home",
      "age < S2R004_age.below or any(household_roster, member.age < S2R004_age.below)",
      code = "S2R004.child" },
    rule { "the household's yearly income reaches the least amount",
      "income_household_total_yearly >= S2R004_income_limit.from",
      code = "S2R004.minimum" },
    any {
      rule { "the household's yearly income is within the limit",
        "income_household_total_yearly <= S2R004_income_limit.single",
        code = "S2R004.income" },
      all {
        rule { "the client is married", "head_of_household_married", code = "S2R004.married" },
        rule { "the household's yearly income is within the limit of a married couple",
          "income_household_total_yearly <= S2R004_income_limit.married",
          code = "S2R004.income_married" } } } },

  documents = {
    document { "Social Security number of the child", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first {
    { "File a federal and a state tax return; NYC Free Tax Prep can help.", otherwise = true, verified = false } },
  cannot = { "be paid without a tax return (not verified)" },
}
