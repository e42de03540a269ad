-- The City's files give this program a code and no name, and nothing read says which one it is.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R060.drl"

return program {
  id      = "S2R060",
  name    = "City program S2R060 (people with Medicaid)",
  agency  = "City of New York",
  helps   = "A program for people who have Medicaid.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody has Medicaid", "any_medicaid", code = "S2R060.medicaid" } },

  next_step = first {
    { "Look the program up in ACCESS NYC (access.nyc.gov) or call 311.", otherwise = true, verified = false } },
  cannot = { "be named: the published rules do not say which program it is (not verified)" },
}
