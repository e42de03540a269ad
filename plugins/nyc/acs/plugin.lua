-- ACS prevention services: help for a family so that its child need not go to foster care.
-- A child in danger is a call to the State Central Register, not a matter for a score: this program has none.
-- Violence against a parent is no neglect of the child: the HITS answers decide nothing here, and are read with consent.
local SCR = "SSL 413"
local SERVICES = "nyc.gov, ACS prevention services"

return program {
  id      = "acs",
  name    = "Family support from ACS (prevention services)",
  agency  = "ACS",
  helps   = "Families with children who are under strain: free help at home, so that no child has to go to foster care.",
  cite    = "SSL 409-a; 18 NYCRR 423, 430.9",
  version = "2026.1",
  url     = "https://www.nyc.gov/site/acs/for-families/prevention-services.page",

  eligible = all {
    any { "there is a child or a young person to support", code = "acs.child", cite = "18 NYCRR 423.2; " .. SERVICES,
      rule { "a child under 18 lives in the home", "any(household_roster, member.age < acs_child_under)",
        code = "acs.child_at_home" },
      rule { "is under 18", "age < acs_child_under", code = "acs.under_18" },
      rule { "a child of the family is in foster care", "foster_care_history == 'child_in_care'",
        code = "acs.child_in_care", verified = false },
      rule { "a baby is on the way", "pregnant_any", code = "acs.pregnant", verified = false },
      rule { "left foster care as a teenager and is under 21",
        "foster_care_history == 'aged_out_16_21' and age < acs_youth_under", code = "acs.youth", verified = false },
      rule { "a child is in danger now", "child_safety_concern == 'active'", code = "acs.child_in_danger" } },

    any { "trouble in the family could lead to foster care", code = "acs.risk", cite = "SSL 409-a; 18 NYCRR 430.9",
      rule { "a child may have to live away from home", "child_placement_risk", code = "acs.placement" },
      rule { "somebody worries about a child's safety, or a child is in danger", "child_safety_concern >= 'worry'",
        code = "acs.concern" },
      rule { "a child is in foster care now and could come home sooner", "foster_care_history == 'child_in_care'",
        code = "acs.return_home", verified = false },
      rule { "ACS works with the family already", "has_acs_case", code = "acs.open", verified = false } },
  },

  possible = all { "Nobody says yet that a child may have to live away from home: the provider looks at it with the family.",
    code = "acs.provider_looks", verified = false,
    rule { "no child is said to be at risk of living away from home", "not child_placement_risk",
      code = "acs.no_placement" },
    rule { "no child is in danger right now", "child_safety_concern ~= 'active'", code = "acs.no_danger" } },

  level = first {
    { "a child in danger", when = "child_safety_concern == 'active'", act_within = hours(0), urgency = 0,
      cite = SCR, verified = false },
    { "mandated services", when = "child_placement_risk", urgency = 7, cite = "18 NYCRR 430.9" },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "A child is in danger now: call the State Central Register, 800-342-3720, at once. 911 if it is this minute. " ..
        "This does not wait for any other answer.", when = "child_safety_concern == 'active'", code = "acs.scr",
      cite = SCR, verified = false },
    note { "A worry about a child: people who must report suspected abuse or neglect call 800-342-3720.",
      when = "child_safety_concern == 'worry'", code = "acs.reporters", cite = SCR, verified = false },
    note { "The services are free and voluntary. Immigration status does not matter.",
      when = "status.acs ~= 'unlikely'", code = "acs.free", cite = SERVICES },
    note { "An open ACS case is not needed.", when = "status.acs ~= 'unlikely' and not has_acs_case",
      code = "acs.no_case_needed", cite = SERVICES },
    note { "ACS works with this family already: call its worker before a new referral.", when = "has_acs_case",
      code = "acs.open_case" },
    note { "Without services a child would have to be placed: ACS has to offer them, and looks again every 6 months.",
      when = "child_placement_risk", code = "acs.mandated", cite = "18 NYCRR 423.4(b), 430.9" },
    note { "Nobody named a risk. Any family under strain may still call a provider: it is free and voluntary.",
      when = "status.acs == 'unlikely' and (answered(children_under_18) and children_under_18 > 0)",
      code = "acs.may_ask", cite = SERVICES },
    note { "Someone at home hurts or threatens: the hotline 800-621-4673 helps day and night (dvs). Being hurt is not " ..
        "neglect of a child.",
      when = "has(consent_by_program, 'acs') and hits_unsafe", code = "acs.violence",
      verified = false },
    note { "APS serves this household too: agree who leads.", when = "has_aps_case", code = "acs.duplicate",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
    note { "Home care in a home with a child: the ACS worker's assessment can be used there too (hcsp).",
      when = "has_acs_case and home_care_hours_week > 0", code = "acs.serves_hcsp",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. If a child is in danger, then the State Central Register: 800-342-3720.",
      when = "immediate_danger_now", cite = SCR, verified = false },
    { "Call the State Central Register now: 800-342-3720.", when = "child_safety_concern == 'active'", cite = SCR,
      verified = false },
    { "Ask the ACS worker for prevention services.", when = "has_acs_case" },
    { "Choose a provider near you in ACS's provider directory, or call 311 and ask for the ACS prevention line. " ..
        "You need no papers.", otherwise = true, cite = SERVICES, verified = false } },

  cannot = {
    "take away the duty to report: who must report a child in danger still must (not verified)",
    "be forced on a family: it is voluntary",
  },
  review = { months = 6, cite = "18 NYCRR 423.4(b)" },
}
