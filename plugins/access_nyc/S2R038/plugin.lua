-- Medicaid by income, as the City's screener sees it: the client, the spouse and their children up to 20. The pack
-- nyc has the fuller rule (med).

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R038.drl"
local KIN = "member.relation == 'child' or member.relation == 'foster_child' or member.relation == 'step_child' or " ..
  "member.relation == 'grandchild' or member.relation == 'sibling' or member.relation == 'step_sibling'"

return program {
  id      = "S2R038",
  name    = "Medicaid",
  agency  = "HRA",
  helps   = "Free or very low-cost health insurance.",
  cite    = "Social Services Law 366; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "income is at most 138 % of poverty",
      "members_medicaid <= city_sizes.largest and income_medicaid_total_yearly <= " ..
      "S2R038_income_limit[members_medicaid]",
      code = "S2R038.income" },
    all {
      rule { "a child of 18 or younger, the client or the spouse",
        "age <= S2R038_age.child_until or any(household_roster, member.age <= " ..
        "S2R038_age.child_until and (member.relation == 'spouse' or " .. KIN ..
        "))",
        code = "S2R038.child" },
      rule { "income is at most 154 % of poverty",
        "members_medicaid <= city_sizes.largest and income_medicaid_total_yearly <= " ..
        "S2R038_limit_child[members_medicaid]",
        code = "S2R038.income_child" } },
    all {
      rule { "a child of 19 or 20",
        "any(household_roster, member.age >= S2R038_age.young_from and member.age <= " ..
        "S2R038_age.young_until and (" .. KIN ..
        "))",
        code = "S2R038.young" },
      rule { "income is at most 155 % of poverty",
        "members_medicaid <= city_sizes.largest and income_medicaid_total_yearly <= " ..
        "S2R038_limit_young[members_medicaid]",
        code = "S2R038.income_young" } },
    all {
      rule { "somebody is younger than 1",
        "age < S2R038_age.infant_below or any(household_roster, member.age < S2R038_age.infant_below)",
        code = "S2R038.infant" },
      rule { "income is at most 223 % of poverty",
        "members_medicaid <= city_sizes.largest and income_medicaid_total_yearly <= " ..
        "S2R038_limit_pregnant[members_medicaid]",
        code = "S2R038.income_infant" } },
    all {
      rule { "the client or the spouse is pregnant",
        "client_pregnant or any(household_roster, member.relation == 'spouse' and member.pregnant)",
        code = "S2R038.pregnant" },
      rule { "income is at most 223 % of poverty, unborn children counted",
        "income_medicaid_total_yearly <= S2R038_limit_pregnant[min(members_medicaid, city_sizes.with_unborn)]",
        code = "S2R038.income_pregnant" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "members_medicaid > city_sizes.largest",
      code = "S2R038.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first {
    { "Apply at NY State of Health, 855-355-5777, or with HRA, 718-557-1399.", otherwise = true, verified = false } },
  cannot = { "pay for care before three months ago (not verified)" },
}
