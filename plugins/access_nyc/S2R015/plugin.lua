-- The City's files compute the share of the rent in the income but no rule reads it: so neither does this one. The
-- law asks for a rent above a third of the income (see scrie in the pack nyc).

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R015.drl"

return program {
  id      = "S2R015",
  name    = "Senior Citizen Rent Increase Exemption (SCRIE)",
  agency  = "Department of Finance",
  helps   = "Freezes the rent of an older tenant; the City pays the landlord the rest.",
  cite    = "RPTL 467-b; NYC Admin Code 26-509; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R015.nyc" },
    rule { "the home is rent controlled or stabilized, a regulated hotel, HDFC, Mitchell-Lama or Section 213",
      "living_situation == 'rent_lease' and (rental_type == 'rent_control' or rental_type == 'stabilized' or " ..
      "rental_type == 'hdfc' or rental_type == 'mitchell_lama' or rental_type == 'sec213' or rental_type == " ..
      "'regulated_hotel')",
      code = "S2R015.rental" },
    rule { "is 62 or older", "age >= S2R015_age.from", code = "S2R015.age" },
    rule { "is on the lease", "on_lease", code = "S2R015.lease" },
    rule { "the household's yearly income without gifts is within the limit",
      "income_household_total_yearly_less_gifts <= S2R015_income_limit",
      code = "S2R015.income" } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "The lease", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first {
    { "Apply to the Rent Freeze program of the Department of Finance.", otherwise = true, verified = false } },
  cannot = { "lower the rent below what it is now (not verified)" },
}
