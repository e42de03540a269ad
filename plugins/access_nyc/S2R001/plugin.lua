local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R001.drl"

return program {
  id      = "S2R001",
  name    = "Child and Dependent Care Tax Credit",
  agency  = "IRS",
  helps   = "A tax credit for what you pay for the care of a child or a dependent person while you work.",
  cite    = "26 USC 21; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    any { "there is somebody to care for",
      rule { "a child under 13 lives in the home",
        "age < S2R001_age.below or any(household_roster, member.age < S2R001_age.below)",
        code = "S2R001.child" },
      rule { "somebody in the home is disabled or blind", "any_disabled_or_blind", code = "S2R001.disabled" } },
    rule { "the household pays for child care or dependent care",
      "expense_household_has_child_or_dependent_care",
      code = "S2R001.care" },
    rule { "the client or the spouse has earnings",
      "income_hoh_and_spouse_earned_yearly > 0",
      code = "S2R001.earned" } },

  documents = {
    document { "Receipts and the tax number of the care provider", verified = false },
    document { "Proof of earnings", verified = false },
  },
  next_step = first {
    { "File a federal and a state tax return; NYC Free Tax Prep can help.", otherwise = true, verified = false } },
  cannot = { "pay more than the care costs (not verified)" },
}
