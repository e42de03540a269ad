-- The City's file does not name older people, whom NY Connects serves too.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R047.drl"

return program {
  id      = "S2R047",
  name    = "NY Connects",
  agency  = "NYC Aging",
  helps   = "Advice about long-term care and help at home.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R047.nyc" },
    any { "somebody has a disability",
      rule { "somebody is disabled or blind", "any_disabled_or_blind", code = "S2R047.disabled" },
      rule { "somebody has Medicaid because of a disability",
        "any_medicaid_for_disability",
        code = "S2R047.medicaid" },
      rule { "somebody gets a Medicaid disability benefit", "income_person_has_dm", code = "S2R047.income" } } },

  next_step = first { { "Call NY Connects, 800-342-9871.", otherwise = true, verified = false } },
  cannot = { "pay for care (not verified)" },
}
