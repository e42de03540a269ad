local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R045.drl"

return program {
  id      = "S2R045",
  name    = "Financial Empowerment Centers",
  agency  = "DCWP",
  helps   = "Free advice about money and debts.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R045.nyc" },
    rule { "somebody of 18 or older lives in the home",
      "age >= S2R045_age.from or any(household_roster, member.age >= S2R045_age.from)",
      code = "S2R045.adult" } },

  next_step = first { { "Call 311 and ask for financial counseling.", otherwise = true, verified = false } },
  cannot = { "lend or give money (not verified)" },
}
