local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R024.drl"

return program {
  id      = "S2R024",
  name    = "NYCHA Resident Economic Empowerment (REES)",
  agency  = "NYCHA",
  helps   = "Help with work, training, money and a business for NYCHA residents.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R024.nyc" },
    rule { "the home is rented from NYCHA",
      "living_situation == 'rent_lease' and rental_type == 'nycha'",
      code = "S2R024.nycha" },
    rule { "somebody of 18 or older lives in the home",
      "age >= S2R024_age.from or any(household_roster, member.age >= S2R024_age.from)",
      code = "S2R024.adult" } },

  next_step = first { { "Call the REES hotline of NYCHA, 718-289-8100.", otherwise = true, verified = false } },
  cannot = { "change the rent (not verified)" },
}
