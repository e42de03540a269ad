local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R017.drl"

return program {
  id      = "S2R017",
  name    = "Disabled Homeowners' Exemption (DHE)",
  agency  = "Department of Finance",
  helps   = "Lower property tax for people with a disability who own their home.",
  cite    = "RPTL 459-c; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R017.nyc" },
    rule { "owns the home", "living_situation == 'own'", code = "S2R017.owner" },
    any { "an owner on the deed is disabled or blind, or gets SSI or SSDI",
      rule { "an owner on the deed is disabled",
        "on_deed and client_disabled or any(household_roster, member.on_deed and member.disabled)",
        code = "S2R017.disabled" },
      rule { "an owner on the deed is blind",
        "on_deed and legally_blind or any(household_roster, member.on_deed and member.blind)",
        code = "S2R017.blind" },
      rule { "an owner on the deed gets SSI or SSDI", "income_owners_has_ssi_or_ssdb", code = "S2R017.benefit" } },
    rule { "the yearly income of the owners is within the limit",
      "income_owners_total_yearly <= S2R017_income_limit",
      code = "S2R017.income" } },

  documents = {
    document { "The deed", verified = false },
    document { "Award letter of the disability benefit", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply to the Department of Finance by 15 March.", otherwise = true, verified = false } },
  cannot = { "lower the taxes of past years (not verified)" },
}
