-- Health Services Office of DHS: nurses and navigators, help after an overdose, coordinated care for high need. It works
-- beside the shelter's case manager, by design.

local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"

return program {
  id      = "hso",
  name    = "Health Services Office",
  agency  = "DHS",
  helps   = "People in a DHS shelter who need a nurse, help after an overdose, or somebody who brings their care together.",
  cite    = REPORT,
  version = "2026.1",

  worksheet = {
    line { "in_shelter", "living_situation == 'dhs_shelter'", text = "In a DHS shelter", cite = REPORT },
    line { "crisis", "phq2_score >= phq2_positive_from and phq9_crisis",
      text = "Thoughts of being better off dead or of self-harm", cite = "PHQ-9, question 9", verified = false },
    line { "hands_on", "count(adls, adl >= 'limited') >= hso_adls_from",
      text = "Needs hands-on help with the body", verified = false },
  },

  eligible = all {
    rule { "is in a DHS shelter", "in_shelter", code = "hso.in_shelter", cite = REPORT },
    any { "has one of these needs", code = "hso.need", cite = REPORT,
      rule { "had an overdose in the past 12 months", "overdose_12mo", code = "hso.overdose" },
      at_least { 2, "two or more signs of high need", code = "hso.high_need", verified = false,
        rule { "a serious mental illness", "smi_dx ~= 'none'", code = "hso.smi" },
        rule { "the mood or worry questions say so",
          "phq2_score >= phq2_positive_from or gad2_score >= gad2_positive_from", code = "hso.mood" },
        rule { "the questions about alcohol say so", "auditc_band >= 'women_only'", code = "hso.alcohol" },
        rule { "uses drugs, or is in treatment for drugs or alcohol", "dast_gate or sud_treatment_now", code = "hso.drugs" },
        rule { "several lasting health problems", "count(chronic_conditions) >= hso_conditions_from",
          code = "hso.conditions" } },
      any { "needs a nurse", code = "hso.nursing", verified = false,
        rule { "needs hands-on help with the body", "hands_on", code = "hso.hands_on" },
        rule { "health is not stable", "medically_stable == 'no'", code = "hso.not_stable" } } },
  },

  level = first {
    { "thoughts of self-harm", when = "crisis", act_within = days(0), urgency = 0, verified = false,
      cite = "PHQ-9, question 9" },
    { "after an overdose", when = "overdose_12mo", act_within = days(0), urgency = 1, verified = false, cite = REPORT },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Thoughts of being better off dead or of self-harm: call or text 988 now, and stay with the person.",
      when = "crisis", code = "hso.crisis", verified = false, cite = "PHQ-9, question 9" },
    note { "After every overdose in a DHS shelter the harm reduction team comes. Ask for naloxone today.",
      when = "in_shelter and overdose_12mo", code = "hso.harm_reduction", cite = REPORT },
    note { "An overdose outside a DHS shelter: ask for naloxone today, and for help with drugs (sud).",
      when = "not in_shelter and overdose_12mo", code = "hso.overdose_elsewhere", verified = false },
    note { "Nurses and navigators work in three shelters as a pilot: ask whether this is one of them.",
      when = "in_shelter and (hands_on or medically_stable == 'no')", code = "hso.pilot", cite = REPORT },
    note { "Needs help with the body in a DHS shelter: home care (hcsp) works beside this office. This is not a case for APS.",
      when = "in_shelter and hands_on", code = "hso.home_care", verified = false },
    note { "With signs of high need complex care coordination brings the helpers together; incident reports count too.",
      when = "status.hso == 'likely'", code = "hso.coordination", cite = REPORT },
    note { "Medicaid's records (PSYCKES) can show who treats the person.", when = "status.hso == 'likely' and smi_dx ~= 'none'",
      code = "hso.psyckes", cite = REPORT },
    note { "In treatment for drugs or alcohol: work with the people who treat the person.",
      when = "in_shelter and sud_treatment_now", code = "hso.treatment", cite = REPORT },
    note { "The shelter's case manager keeps the case. This office works beside, by design.", when = "in_shelter",
      code = "hso.beside", cite = REPORT },
    note { "Somebody else asks: ask the person too.", when = "is_referral_by_other ~= 'self'", code = "hso.referred",
      verified = false },
    note { "Not in a DHS shelter: ask Medicaid for a Health Home (hh), or see the other programs here.",
      when = "not in_shelter and (hands_on or smi_dx ~= 'none')", code = "hso.elsewhere", verified = false },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Ask the shelter's case manager to call the Health Services Office.", otherwise = true, cite = REPORT } },

  cannot = { "take over the case from the shelter's case manager" },
}
