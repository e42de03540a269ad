local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R032.drl"

return program {
  id      = "S2R032",
  name    = "IDNYC",
  agency  = "HRA",
  helps   = "A free identity card of the City, whatever the immigration status.",
  cite    = "NYC Admin Code 3-115; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R032.nyc" },
    rule { "somebody of 10 or older lives in the home",
      "age >= S2R032_age.from or any(household_roster, member.age >= S2R032_age.from)",
      code = "S2R032.age" } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Make an appointment at an IDNYC center.", otherwise = true, verified = false } },
  cannot = { "be used to drive or to travel abroad (not verified)" },
}
