-- The City's files give this program a code and no name, and nothing read says which one it is.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R061.drl"

return program {
  id      = "S2R061",
  name    = "City program S2R061 (older or disabled people and people with SSI)",
  agency  = "City of New York",
  helps   = "A program for older, disabled or blind people and for people with SSI.",
  cite    = CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "somebody is 65 or older",
      "age >= S2R061_age.from or any(household_roster, member.age >= S2R061_age.from)",
      code = "S2R061.older" },
    rule { "somebody is disabled or blind", "any_disabled_or_blind", code = "S2R061.disabled" },
    rule { "somebody has Medicaid because of a disability", "any_medicaid_for_disability", code = "S2R061.medicaid" },
    rule { "the household gets SSI", "income_household_has_ssi", code = "S2R061.ssi" } },

  next_step = first {
    { "Look the program up in ACCESS NYC (access.nyc.gov) or call 311.", otherwise = true, verified = false } },
  cannot = { "be named: the published rules do not say which program it is (not verified)" },
}
