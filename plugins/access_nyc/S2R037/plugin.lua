-- Home care as the City's screener sees it: who may ask. The need for care is judged by the pack nyc (hcsp). A
-- person's own earnings are enough for the last way, so that an older, disabled or blind person without earnings
-- always has it.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R037.drl"

return program {
  id      = "S2R037",
  name    = "Home Care Services Program",
  agency  = "HRA",
  helps   = "Help at home for people who cannot manage alone.",
  cite    = "18 NYCRR 505.14; " .. CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    all { "the household",
      any { "an older, disabled or blind person",
        rule { "somebody is disabled or blind", "any_disabled_or_blind", code = "S2R037.disabled" },
        rule { "somebody is 65 or older",
          "age >= S2R037_age.from or any(household_roster, member.age >= S2R037_age.from)",
          code = "S2R037.older" } },
      any { "Medicaid or an income within the limit",
        rule { "somebody has Medicaid", "any_medicaid", code = "S2R037.medicaid" },
        rule { "the household's yearly income is within the limit for its size",
          "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
          "S2R037_income_limit[household_size]",
          code = "S2R037.income" } } },
    rule { "an older, disabled or blind person earns no more than the limit for one",
      "(client_disabled or legally_blind or age >= S2R037_age.from) and income_hoh_earned_yearly <= " ..
      "S2R037_income_limit[1] or any(household_roster, (member.disabled or member.blind or member.age >= " ..
      "S2R037_age.from) and sum(member.incomes, income.yearly, income.type == 'wages' or income.type == " ..
      "'self_employment') <= S2R037_income_limit[1])",
      code = "S2R037.person" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R037.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "A doctor's statement about the need for care", verified = false },
  },
  next_step = first { { "Call HRA home care, or 718-557-1399.", otherwise = true, verified = false } },
  cannot = { "pay for care before it is approved (not verified)" },
}
