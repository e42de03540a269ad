-- Assertive Community Treatment: a whole team that comes to adults with a serious mental illness whom clinics did not reach.
-- Who sleeps outside goes to imt; whose main problem is drugs or alcohol goes to sud. The single door is SPOA.
local GUIDE = "OMH; NYC Shelter Health, SPOA guide"

return program {
  id      = "act",
  name    = "Assertive Community Treatment (ACT)",
  agency  = "OMH and DOHMH, through SPOA",
  helps   = "Adults with a serious mental illness who were often in the hospital or in a crisis: a team that comes to them.",
  cite    = GUIDE .. "; 14 NYCRR 508 (not read)",
  version = "2026.1",
  url     = "https://sites.google.com/view/nycshelterhealth",

  eligible = all {
    rule { "is 18 or older", "age >= act_minimum_age", code = "act.age", cite = GUIDE },
    rule { "has a serious mental illness", "smi_dx ~= 'none'", code = "act.smi", cite = GUIDE },

    any { "has Medicaid", code = "act.medicaid", cite = GUIDE,
      rule { "Medicaid is active", "has_medicaid == 'active'", code = "act.medicaid_active" },
      rule { "has applied for Medicaid, or meets a surplus first", "has_medicaid == 'pending' or has_medicaid == 'surplus'",
        code = "act.medicaid_coming", verified = false } },

    any { "needs more than a clinic", code = "act.high_use", cite = GUIDE,
      rule { "two hospital stays for mental health in the past year", "psych_admissions_12mo >= act_admissions",
        code = "act.admissions" },
      rule { "one hospital stay of 60 days in the past year", "psych_longest_days_12mo >= act_longest_days",
        code = "act.long_stay" },
      rule { "often in an emergency room or with a crisis team", "crisis_use_12mo >= act_crises", code = "act.crises",
        verified = false },
      rule { "a court order for treatment (AOT)", "aot_order", code = "act.aot" } },

    none { "has no main diagnosis that ACT is not made for", code = "act.main_diagnosis", cite = GUIDE,
      rule { "a personality disorder", "primary_dx_exclusion == 'personality'", code = "act.personality" },
      rule { "a drug or alcohol problem", "primary_dx_exclusion == 'sud'", code = "act.sud" },
      rule { "a brain injury", "primary_dx_exclusion == 'tbi'", code = "act.tbi" },
      rule { "a developmental disability", "primary_dx_exclusion == 'dd'", code = "act.dd" } },

    rule { "does not sleep outside most of the time", "living_situation ~= 'street'", code = "act.not_street", cite = GUIDE },
  },

  possible = any {
    rule { "The mental illness is reported only: a psychiatrist has to document it.", "smi_dx == 'reported'",
      code = "act.needs_diagnosis", cite = GUIDE },
    rule { "Medicaid is not active yet. It must be decided, or the surplus met, first.",
      "has_medicaid == 'pending' or has_medicaid == 'surplus'", code = "act.medicaid_first", verified = false } },

  level = first {
    { "court order (AOT)", when = "aot_order", urgency = 7, cite = "MHL 9.60", verified = false },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "The team asks for a lasting impairment too: how the illness keeps the person from daily life. Write it down.",
      when = "status.act == 'likely' or status.act == 'possible'", code = "act.impairment", cite = GUIDE },
    note { "Sleeps outside: Intensive Mobile Treatment (imt) comes to the street.", when = "living_situation == 'street'",
      code = "act.imt", cite = GUIDE },
    note { "Drugs or alcohol are the main problem: substance-use services (sud) are the door.",
      when = "primary_dx_exclusion == 'sud'", code = "act.to_sud", cite = GUIDE },
    note { "A developmental disability is the main problem: OPWDD (opwdd) is the door.",
      when = "primary_dx_exclusion == 'dd'", code = "act.to_opwdd", cite = GUIDE, verified = false },
    note { "Without Medicaid: apply for it first (med).", when = "has_medicaid == 'none' and smi_dx ~= 'none'",
      code = "act.apply_med", cite = GUIDE },
    note { "Intensive Mobile Treatment (imt) may fit too. One application to SPOA is enough: SPOA decides which team.",
      when = "status.imt == 'likely' and (status.act == 'likely' or status.act == 'possible')", code = "act.or_imt",
      cite = GUIDE, verified = false },
    note { "In a city shelter: some mental health shelters have an ACT team of their own.",
      when = "living_situation == 'dhs_shelter' and smi_dx ~= 'none'", code = "act.shelter_team", cite = GUIDE },
    note { "Arrested, in court or in jail in the past year: ask for a Forensic ACT team.",
      when = "criminal_legal_12mo and smi_dx ~= 'none'", code = "act.forensic", cite = GUIDE },
    note { "In a hospital or jail now: the discharge team can send the application before the person leaves.",
      when = "in_foster_or_institution_now == 'psych' or in_foster_or_institution_now == 'hospital' or " ..
        "in_foster_or_institution_now == 'jail'", code = "act.discharge", verified = false },
    note { "Under 18: ask about a Youth ACT team.", when = "age < act_minimum_age", code = "act.youth", verified = false },
  },

  documents = {
    document { "Psychosocial assessment, at most 6 months old, or an observational evaluation", cite = GUIDE },
    document { "SPOA application", cite = GUIDE },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe. For a crisis of mental health: 988.", when = "immediate_danger_now",
      verified = false },
    { "Send the application to the City's Single Point of Access (SPOA).", otherwise = true, cite = GUIDE } },

  cannot = {
    "serve people whose main problem is drugs or alcohol, a personality disorder, a brain injury or a developmental disability",
    "serve people who sleep outside most of the time",
  },
  review = { months = 6, cite = "14 NYCRR 508", verified = false },
}
