local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R030.drl"

return program {
  id      = "S2R030",
  name    = "Summer Youth Employment Program (SYEP)",
  agency  = "DYCD",
  helps   = "Paid work in the summer for young people.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R030.nyc" },
    rule { "somebody of 14 to 24 lives in the home",
      "age >= S2R030_age.from and age <= S2R030_age.until or any(household_roster, member.age >= " ..
      "S2R030_age.from and member.age <= S2R030_age.until)",
      code = "S2R030.young" } },

  documents = {
    document { "Proof of age", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first {
    { "Apply at DYCD when the application is open in spring.", otherwise = true, verified = false } },
  cannot = { "promise a place: a lottery decides (not verified)" },
}
