local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R014.drl"

return program {
  id      = "S2R014",
  name    = "Senior Citizen Homeowners' Exemption (SCHE)",
  agency  = "Department of Finance",
  helps   = "Lower property tax for older people who own their home.",
  cite    = "RPTL 467; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R014.nyc" },
    rule { "owns the home", "living_situation == 'own'", code = "S2R014.owner" },
    rule { "an owner on the deed is 65 or older",
      "on_deed and age >= S2R014_age.from or any(household_roster, member.on_deed and member.age >= " ..
      "S2R014_age.from)",
      code = "S2R014.age" },
    rule { "the yearly income of the owners is within the limit",
      "income_owners_total_yearly <= S2R014_income_limit",
      code = "S2R014.income" } },

  documents = {
    document { "The deed", verified = false },
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply to the Department of Finance by 15 March.", otherwise = true, verified = false } },
  cannot = { "lower the taxes of past years (not verified)" },
}
