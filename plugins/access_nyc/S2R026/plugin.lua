local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R026.drl"

return program {
  id      = "S2R026",
  name    = "Workforce1 Career Centers",
  agency  = "SBS",
  helps   = "Help to find work and training.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody of 18 or older lives in the home",
      "age >= S2R026_age.from or any(household_roster, member.age >= S2R026_age.from)",
      code = "S2R026.adult" } },

  next_step = first { { "Sign up at a Workforce1 center.", otherwise = true, verified = false } },
  cannot = { "promise a job (not verified)" },
}
