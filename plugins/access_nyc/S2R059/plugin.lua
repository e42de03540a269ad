-- The City's files give this program a code and no name, and nothing read says which one it is.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R059.drl"

return program {
  id      = "S2R059",
  name    = "City program S2R059 (older, disabled or blind people and students)",
  agency  = "City of New York",
  helps   = "A program for older, disabled or blind people and for students of 14 to 18.",
  cite    = CITE,
  version = "2026.1",

  eligible = any { cite = CITE,
    rule { "somebody is 65 or older",
      "age >= S2R059_age.older_from or any(household_roster, member.age >= S2R059_age.older_from)",
      code = "S2R059.older" },
    rule { "somebody is disabled or blind", "any_disabled_or_blind", code = "S2R059.disabled" },
    rule { "a student of 14 to 18 lives in the home",
      "age >= S2R059_age.student_from and age <= S2R059_age.student_until and student_status ~= 'none' or " ..
      "any(household_roster, member.age >= S2R059_age.student_from and member.age <= S2R059_age.student_until " ..
      "and member.student_status ~= 'none')",
      code = "S2R059.student" } },

  next_step = first {
    { "Look the program up in ACCESS NYC (access.nyc.gov) or call 311.", otherwise = true, verified = false } },
  cannot = { "be named: the published rules do not say which program it is (not verified)" },
}
