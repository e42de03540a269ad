-- Intensive Mobile Treatment (DOHMH): a team that follows the person from place to place. A report of 2026 reads the
-- letters IMT in another way ("Incident Management Teams"); the Department of Health's name is the one used here.
local GUIDE = "DOHMH; NYC Shelter Health, SPOA guide"

return program {
  id      = "imt",
  name    = "Intensive Mobile Treatment (IMT)",
  agency  = "DOHMH, through SPOA",
  helps   = "People with a serious mental health need who move between streets, shelters, hospitals and jails.",
  cite    = GUIDE,
  version = "2026.1",
  url     = "https://sites.google.com/view/nycshelterhealth",

  worksheet = {
    line { "mental_contacts", "psych_admissions_12mo + crisis_use_12mo",
      text = "Hospital stays and uses of crisis help for mental health in the past year", cite = GUIDE },
  },

  eligible = all {
    rule { "has a serious mental health need", "smi_dx ~= 'none'", code = "imt.need", cite = GUIDE },
    any { "is in a shelter, in a safe haven or outside", code = "imt.place", cite = GUIDE,
      rule { "outside", "living_situation == 'street'", code = "imt.street" },
      rule { "in a safe haven or a drop-in center", "living_situation == 'safe_haven'", code = "imt.safe_haven" },
      rule { "in a shelter", "living_situation == 'dhs_shelter' or living_situation == 'hra_dv_shelter'",
        code = "imt.shelter" } },
    any { "life is very unsettled, or contacts with care and the law are frequent", code = "imt.unsettled", cite = GUIDE,
      rule { "lives outside or in a safe haven", "living_situation == 'street' or living_situation == 'safe_haven'",
        code = "imt.transient" },
      rule { "contact with the law in the past year", "criminal_legal_12mo", code = "imt.legal" },
      rule { "hospital or crisis for mental health in the past year", "mental_contacts >= imt_contacts_any",
        code = "imt.mental" } },
  },

  possible = all { "In a shelter, with contacts that may not be frequent: the City decides whether life is unsettled enough.",
    code = "imt.judged", cite = GUIDE,
    rule { "is in a shelter", "living_situation ~= 'street' and living_situation ~= 'safe_haven'", code = "imt.in_shelter" },
    none { "not both frequent crises and contact with the law", code = "imt.not_frequent",
      all { "frequent crises and contact with the law",
        rule { "frequent hospital stays or crises for mental health", "mental_contacts >= imt_contacts_frequent",
          code = "imt.frequent", verified = false },
        rule { "contact with the law in the past year", "criminal_legal_12mo", code = "imt.frequent_legal" } } } },

  level = first {
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "There may be a waiting list. With Medicaid, ask for Health Home Plus meanwhile (hh).",
      when = "(status.imt == 'likely' or status.imt == 'possible') and has_medicaid == 'active'", code = "imt.waitlist", cite = GUIDE },
    note { "The mental illness is reported only: an outreach worker's observation can be enough for SPOA.",
      when = "smi_dx == 'reported' and status.imt ~= 'unlikely'", code = "imt.reported", verified = false },
    note { "Has a place to live: an ACT team (act) may fit better.",
      when = "smi_dx ~= 'none' and not homeless_now", code = "imt.act", cite = GUIDE },
    note { "A court order for treatment (AOT): tell SPOA and the court's team.", when = "aot_order", code = "imt.aot",
      verified = false },
    note { "Under 18: IMT serves adults. Ask about a Youth ACT team.", when = "age < adult_age", code = "imt.youth",
      verified = false },
  },

  documents = {
    document { "SPOA application", cite = GUIDE },
    document { "Psychosocial assessment or an observational evaluation", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe. For a crisis of mental health: 988.", when = "immediate_danger_now",
      verified = false },
    { "The outreach team or the shelter sends the application to the City's Single Point of Access (SPOA).",
      otherwise = true, cite = GUIDE } },

  cannot = {
    "take people who come without a SPOA application",
    "give a home: ask for supportive housing too (shous)",
  },
  review = { months = 6, verified = false, cite = "DOHMH, contact every 6 months" },
}
