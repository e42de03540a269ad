-- In the City's files of 20 May 2026, but not among the programs of its later table; kept until it is withdrawn.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R046.drl"

return program {
  id      = "S2R046",
  name    = "COVID-19 vaccines",
  agency  = "DOHMH",
  helps   = "A free vaccine against COVID-19.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R046.nyc" },
    rule { "somebody of 5 or older lives in the home",
      "age >= S2R046_age.from or any(household_roster, member.age >= S2R046_age.from)",
      code = "S2R046.age" } },

  next_step = first { { "Ask a pharmacy or call 311.", otherwise = true, verified = false } },
  cannot = { "treat an infection (not verified)" },
}
