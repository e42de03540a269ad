local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R039.drl"

return program {
  id      = "S2R039",
  name    = "NYC Free Tax Prep",
  agency  = "DCWP",
  helps   = "Free help to file a tax return.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R039.nyc" },
    any {
      rule { "the household's yearly income is within the limit",
        "income_household_total_yearly <= S2R039_income_limit.general",
        code = "S2R039.income" },
      all {
        rule { "a child, stepchild or foster child lives in the home",
          "any(household_roster, member.relation == 'child' or member.relation == 'step_child' or " ..
          "member.relation == 'foster_child')",
          code = "S2R039.child" },
        rule { "the household's yearly income is within the limit with a child",
          "income_household_total_yearly <= S2R039_income_limit.with_child",
          code = "S2R039.income_child" } } } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Forms W-2 and 1099", verified = false },
  },
  next_step = first {
    { "Find a site of NYC Free Tax Prep, or file online with its help.", otherwise = true, verified = false } },
  cannot = { "prepare every kind of tax return (not verified)" },
}
