-- The City's file has children up to 13, and up to 19 with a disability; its own comment says 12, and the regulation
-- says under 13 (see ccap in the pack nyc). The stated ages are kept.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R040.drl"

return program {
  id      = "S2R040",
  name    = "Child Care Vouchers",
  agency  = "ACS",
  helps   = "Help to pay for child care.",
  cite    = "18 NYCRR 415; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    any { "a child of 13 or younger, or of 19 or younger with a disability",
      rule { "a child of 13 or younger lives in the home",
        "age <= S2R040_age.until or any(household_roster, member.age <= S2R040_age.until)",
        code = "S2R040.child" },
      rule { "somebody of 19 or younger is disabled or blind",
        "age <= S2R040_age.disabled_until and (client_disabled or legally_blind) or any(household_roster, " ..
        "member.age <= S2R040_age.disabled_until and (member.disabled or member.blind))",
        code = "S2R040.disabled" } },
    any { "Cash Assistance or an income within the limit",
      rule { "the household gets Cash Assistance",
        "income_household_has_cash_assistance",
        code = "S2R040.cash_assistance" },
      rule { "the monthly income is within the limit",
        "child_care_voucher_household_members >= city_sizes.family and child_care_voucher_household_members <= " ..
        "city_sizes.largest and income_child_care_voucher_total_monthly <= " ..
        "S2R040_income_limit[child_care_voucher_household_members]",
        code = "S2R040.income" } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "child_care_voucher_household_members > city_sizes.largest",
      code = "S2R040.larger", verified = false },
  },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of income", verified = false },
    document { "Why care is needed: work, training or school", verified = false },
  },
  next_step = first { { "Apply with ACS or an HRA center.", otherwise = true, verified = false } },
  cannot = { "promise a voucher when there is a waiting list (not verified)" },
}
