local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R021.drl"

return program {
  id      = "S2R021",
  name    = "NYS Unemployment Insurance",
  agency  = "NYS Department of Labor",
  helps   = "Weekly money for people who lost their job.",
  cite    = "Labor Law article 18; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody is out of work and had a job in the past 18 months",
      "employment_status == 'unemployed' and worked_18mo or any(household_roster, member.unemployed and " ..
      "member.worked_18mo)",
      code = "S2R021.unemployed" } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Names of the employers of the past 18 months", verified = false },
  },
  next_step = first {
    { "Claim at the NYS Department of Labor in the first week without work.", otherwise = true, verified = false } },
  cannot = { "pay people who left a job without a good reason (not verified)" },
}
