local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R016.drl"

return program {
  id      = "S2R016",
  name    = "Pre-K for All",
  agency  = "NYC Public Schools",
  helps   = "Free school for children who turn four.",
  cite    = "Education Law 3602-e; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R016.nyc" },
    rule { "a child of 3 or 4 lives in the home",
      "age >= S2R016_age.from and age < S2R016_age.below or any(household_roster, member.age >= " ..
      "S2R016_age.from and member.age < S2R016_age.below)",
      code = "S2R016.child" } },

  documents = {
    document { "Proof of the age of the child", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Apply in MySchools.", otherwise = true, verified = false } },
  cannot = { "promise a place in one school (not verified)" },
}
