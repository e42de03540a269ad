-- Street outreach and Safe Havens. Outreach goes to everybody who sleeps outside; whether the months make it chronic decides
-- what it can offer first, so that fewer months are never a no.

local DHS = "DHS street outreach"
local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"

return program {
  id      = "streets",
  name    = "Street outreach and Safe Havens",
  agency  = "DHS",
  helps   = "People who sleep outside: a team that comes to them, and small places with fewer rules.",
  cite    = DHS .. "; " .. REPORT,
  version = "2026.1",
  phone   = "311",

  worksheet = {
    line { "chronic", "street_months_24mo >= street_chronic_months",
      text = "Chronically homeless: 9 of the past 24 months outside", verified = false },
    line { "outside", "living_situation == 'street'", text = "Sleeps outside now", cite = DHS },
  },

  eligible = any { cite = DHS,
    rule { "sleeps outside, or in a place not meant for sleeping", "outside", code = "streets.unsheltered" },
    rule { "came to a safe haven or a drop-in center: outreach stays for 6 to 12 months",
      "living_situation == 'safe_haven'", code = "streets.placed", cite = REPORT } },

  possible = any {
    rule { "Not chronic yet: outside for fewer than 9 of the past 24 months. Outreach comes; it decides what it can offer.",
      "answered(street_months_24mo) and not chronic", code = "streets.not_chronic", verified = false },
    rule { "Has a place now: outreach decides how long it stays.", "living_situation == 'safe_haven'",
      code = "streets.after_placement", cite = REPORT },
  },

  level = first {
    { "outside tonight, most vulnerable", when = "outside and smi_dx ~= 'none'", act_within = days(0), urgency = 1,
      verified = false },
    { "outside tonight", when = "outside", act_within = days(0), urgency = 1, verified = false },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Call 311 and say where the person is. A team comes and looks for the person there.", when = "outside",
      code = "streets.call_311", cite = DHS },
    note { "Anybody may call for a person who sleeps outside.", when = "outside and is_referral_by_other ~= 'self'",
      code = "streets.anybody_may_call", cite = DHS },
    note { "A Safe Haven may fit: few rules, for people for whom a shelter does not work. Outreach refers to it.",
      when = "outside and refuses_shelter", code = "streets.safe_haven", cite = DHS },
    note { "A shelter is open too: single adult intake (sa).", when = "outside and not refuses_shelter",
      code = "streets.shelter_too", cite = "Callahan v. Carey; Eldredge v. Koch" },
    note { "Chronic: ask outreach for supportive housing (shous) too.", when = "outside and chronic", code = "streets.chronic",
      verified = false },
    note { "The most vulnerable are on the clinical list: a weekly case conference looks at each of them.",
      when = "outside and smi_dx ~= 'none'", code = "streets.clinical", cite = REPORT },
    note { "Outreach stays with the person for 6 to 12 months after a placement.", when = "status.streets ~= 'unlikely'",
      code = "streets.stays", cite = REPORT },
    note { "Stayed in a shelter in the past year: tell outreach which one, and why it did not work.",
      when = "outside and shelter_nights_365 > 0", code = "streets.earlier_shelter", verified = false },
    note { "Outreach and a shelter or another worker may know the person both: agree who leads.",
      when = "status.streets ~= 'unlikely' and (has_aps_case or has_acs_case)", code = "streets.duplicate", cite = REPORT },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Then 311 for outreach.", when = "immediate_danger_now", verified = false },
    { "Talk to the outreach worker or the staff of the safe haven.", when = "living_situation == 'safe_haven'",
      cite = REPORT },
    { "Call 311 and ask for a visit of the outreach team.", otherwise = true, cite = DHS } },

  cannot = { "take somebody who comes to a Safe Haven without a referral by outreach (not verified)" },
  review = { months = 6, cite = REPORT .. " (6 to 12 months after a placement)" },
}
