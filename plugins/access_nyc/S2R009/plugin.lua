local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R009.drl"

return program {
  id      = "S2R009",
  name    = "COMPASS after-school",
  agency  = "DYCD",
  helps   = "Free after-school programs for students.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R009.nyc" },
    rule { "a student of 5 to 21 lives in the home",
      "age >= S2R009_age.from and age <= S2R009_age.until and student_status ~= 'none' or " ..
      "any(household_roster, member.age >= S2R009_age.from and member.age <= S2R009_age.until and " ..
      "member.student_status ~= 'none')",
      code = "S2R009.student" } },

  documents = {
    document { "Proof of age", verified = false },
    document { "Proof of address", verified = false },
  },
  next_step = first { { "Find a program in discoverDYCD.", otherwise = true, verified = false } },
  cannot = { "promise a place in one program (not verified)" },
}
