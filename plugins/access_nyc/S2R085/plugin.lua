local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R085.drl"

return program {
  id      = "S2R085",
  name    = "3-K for All",
  agency  = "NYC Public Schools",
  helps   = "Free school for children of three.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R085.nyc" },
    rule { "a child of 3 lives in the home",
      "age == S2R085_age or any(household_roster, member.age == S2R085_age)",
      code = "S2R085.child" } },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Apply in MySchools.", otherwise = true, verified = false } },
  cannot = { "promise a place in one school (not verified)" },
}
