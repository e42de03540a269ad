local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R054.drl"

return program {
  id      = "S2R054",
  name    = "Big Apple Connect",
  agency  = "NYCHA",
  helps   = "Free internet and basic television in public housing.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "the home is rented from NYCHA",
      "living_situation == 'rent_lease' and rental_type == 'nycha'",
      code = "S2R054.nycha" } },

  next_step = first {
    { "Sign up with the cable company that serves the building.", otherwise = true, verified = false } },
  cannot = { "be used outside of public housing (not verified)" },
}
