local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R018.drl"

return program {
  id      = "S2R018",
  name    = "Veterans' Property Tax Exemption",
  agency  = "Department of Finance",
  helps   = "Lower property tax for veterans who own their home.",
  cite    = "RPTL 458, 458-a; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R018.nyc" },
    rule { "owns the home", "living_situation == 'own'", code = "S2R018.owner" },
    rule { "an owner on the deed is a veteran",
      "client_veteran and on_deed or any(household_roster, member.veteran and member.on_deed)",
      code = "S2R018.veteran" } },

  documents = {
    document { "The deed", verified = false },
    document { "Discharge papers (DD-214)", verified = false },
  },
  next_step = first { { "Apply to the Department of Finance by 15 March.", otherwise = true, verified = false } },
  cannot = { "lower the taxes of past years (not verified)" },
}
