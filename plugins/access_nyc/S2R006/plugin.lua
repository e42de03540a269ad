local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R006.drl"

return program {
  id      = "S2R006",
  name    = "Earned Income Tax Credit",
  agency  = "IRS",
  helps   = "Money back at tax time for people who work and do not earn much.",
  cite    = "26 USC 32; " .. CITE,
  version = "2026.1",

  worksheet = {
    line { "earned",
      "head_of_household_married and income_hoh_and_spouse_earned_yearly or income_hoh_earned_yearly",
      text = "Yearly earnings of the client, or of the couple", cite = CITE },
    line { "investment",
      "head_of_household_married and income_hoh_and_spouse_investment_yearly or income_hoh_investment_yearly",
      text = "Yearly income from investments and rents", cite = CITE },
    line { "children",
      "min(children_student_blind_disabled_eitc, S2R006_children_counted)",
      text = "Children who count", cite = CITE },
    line { "limit",
      "head_of_household_married and S2R006_limit_married[children] or S2R006_limit_single[children]",
      text = "Limit for that number of children", cite = CITE },
  },

  eligible = any { cite = CITE,
    all { "the client, or the couple",
      rule { "has earnings", "earned > 0", code = "S2R006.earned" },
      rule { "earnings are within the limit", "earned <= limit", code = "S2R006.limit" },
      rule { "income from investments and rents is within the limit",
        "investment <= S2R006_investment_limit",
        code = "S2R006.investment" },
      any {
        rule { "a child who counts lives in the home", "children > 0", code = "S2R006.children" },
        rule { "the client or the spouse is 25 to 64",
          "age >= S2R006_age.from and age < S2R006_age.below or any(household_roster, member.relation == " ..
          "'spouse' and member.age >= S2R006_age.from and member.age < S2R006_age.below)",
          code = "S2R006.age" } } },
    rule { "another adult of 25 to 64 in the home qualifies alone",
      "any(household_roster, member.relation ~= 'spouse' and member.age >= S2R006_age.from and member.age < " ..
      "S2R006_age.below and sum(member.incomes, income.yearly, income.type == 'wages' or income.type == " ..
      "'self_employment') > 0 and sum(member.incomes, income.yearly, income.type == 'wages' or income.type == " ..
      "'self_employment') <= S2R006_limit_single[0] and sum(member.incomes, income.yearly, income.type == " ..
      "'investment' or income.type == 'rental') <= S2R006_investment_limit)",
      code = "S2R006.other" } },

  documents = {
    document { "Social Security number", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first {
    { "File a federal and a state tax return; NYC Free Tax Prep can help.", otherwise = true, verified = false } },
  cannot = { "be paid without a tax return (not verified)" },
}
