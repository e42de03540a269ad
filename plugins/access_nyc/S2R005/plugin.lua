local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R005.drl"

return program {
  id      = "S2R005",
  name    = "Disability Rent Increase Exemption (DRIE)",
  agency  = "Department of Finance",
  helps   = "Freezes the rent of a tenant who has a disability; the City pays the landlord the rest.",
  cite    = "RPTL 467-c; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R005.nyc" },
    rule { "the home is rent controlled or stabilized, HDFC, Mitchell-Lama or Section 213",
      "living_situation == 'rent_lease' and (rental_type == 'rent_control' or rental_type == 'stabilized' or " ..
      "rental_type == 'hdfc' or rental_type == 'mitchell_lama' or rental_type == 'sec213')",
      code = "S2R005.rental" },
    rule { "is 18 or older", "age >= S2R005_age.from", code = "S2R005.age" },
    rule { "is on the lease", "on_lease", code = "S2R005.lease" },
    rule { "gets SSI, SSDI, a veteran or a Medicaid disability benefit",
      "income_head_has_s2r005_income",
      code = "S2R005.benefit" },
    rule { "the household's yearly income is within the limit",
      "income_household_total_yearly <= S2R005_income_limit",
      code = "S2R005.income" } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "The lease", verified = false },
    document { "Award letter of the disability benefit", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first {
    { "Apply to the Rent Freeze program of the Department of Finance.", otherwise = true, verified = false } },
  cannot = { "lower the rent below what it is now (not verified)" },
}
