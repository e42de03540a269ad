-- Medicaid Health Home: care management for people with several lasting conditions, HIV or a serious mental illness.
-- HIV is read only when the person has said yes to this program and has not declined the question. Otherwise the
-- result is what it would be without that question. Risks beyond the core ones count when they are known; they are not
-- asked for this program alone.
local HEALTH_HOME = "health.ny.gov, Health Homes; Social Security Act 1945 and SSL 365-l (not read)"
local STATE = "health.ny.gov, Health Homes"

local HIV = "not declined(consent_by_program) and has(consent_by_program, 'hh') and not declined(hiv_status) and " ..
            "(hiv_status == 'hiv' or hiv_status == 'hiv_symptomatic' or hiv_status == 'aids')"
local SUBSTANCE = "dast_gate or sud_treatment_now or overdose_12mo"

return program {
  id      = "hh",
  name    = "Health Home care management",
  agency  = "NYS Department of Health, through lead Health Homes and plans",
  helps   = "People with Medicaid and several lasting health problems: one care manager who brings doctors and help together.",
  cite    = HEALTH_HOME,
  version = "2026.1",

  worksheet = {
    line { "substance_use", SUBSTANCE, text = "A drug or alcohol problem: counts as one lasting condition, not as two",
      cite = STATE },
    line { "high_need",
      [[smi_dx ~= 'none' and (aot_order or psych_admissions_12mo >= hh_plus_from.admissions or
        crisis_use_12mo >= hh_plus_from.crises)]],
      text = "Serious mental illness with a high need (Health Home Plus)", cite = STATE, verified = false },
  },

  eligible = all {
    any { "has Medicaid", code = "hh.medicaid", cite = STATE,
      rule { "Medicaid is active", "has_medicaid == 'active'", code = "hh.medicaid_active" },
      rule { "has applied for Medicaid, or meets a surplus first", "has_medicaid == 'pending' or has_medicaid == 'surplus'",
        code = "hh.medicaid_coming", verified = false } },

    any { "has a health need that a Health Home serves", code = "hh.conditions", cite = STATE,
      rule { "two or more lasting health conditions", "count(chronic_conditions) >= hh_conditions_needed",
        code = "hh.two_conditions" },
      rule { "a drug or alcohol problem and one more lasting condition",
        "count(chronic_conditions) >= hh_conditions_with_substance and (" .. SUBSTANCE .. ")", code = "hh.substance_and_one" },
      rule { "HIV or AIDS", HIV, code = "hh.hiv" },
      rule { "a serious mental illness", "smi_dx ~= 'none'", code = "hh.smi" },
      rule { "a child or young person with a serious emotional disturbance or complex trauma",
        "age < hh_child_under and child_emotional_need ~= 'none'", code = "hh.child" } },
  },

  possible = any {
    all { "No risk is known yet: the Health Home looks for one (crisis, bad housing, no doctor, missed medicine, ...).",
      code = "hh.risk_open", cite = STATE,
      rule { "did not come home from an institution in the past year", "not reintegrating_from_institution",
        code = "hh.no_release" },
      rule { "no hospital stay for mental health in the past year", "psych_admissions_12mo < hh_risk_from",
        code = "hh.no_admission" },
      rule { "no emergency room or crisis team for mental health in the past year", "crisis_use_12mo < hh_risk_from",
        code = "hh.no_crisis" },
      none { "no other risk is known", code = "hh.no_other_risk",
        rule { "bad housing or none", [[answered(living_situation) and (living_situation ~= 'own' and
          living_situation ~= 'rent_lease' and living_situation ~= 'sublet')]], code = "hh.housing_risk" },
        rule { "nobody who can help", "answered(informal_helper) and (informal_helper == 'unwilling' or " ..
          "informal_helper == 'unable' or informal_helper == 'none')", code = "hh.social_risk" },
        rule { "an overdose in the past year", "answered(overdose_12mo) and overdose_12mo", code = "hh.overdose_risk" },
        rule { "an illness that nobody treats, or medicine that is not taken",
          "answered(self_neglect_signs) and (has(self_neglect_signs, 'untreated_illness') or " ..
          "has(self_neglect_signs, 'not_taking_medicine'))", code = "hh.care_risk" },
        rule { "a daily activity that needs help", "count(adls, answered(adl) and adl >= 'limited') >= hh_risk_from",
          code = "hh.adl_risk" },
        rule { "a problem with memory or thinking", "answered(dementia_dx) and dementia_dx ~= 'none'",
          code = "hh.thinking_risk" } } },
    rule { "Medicaid is not active yet. It must be decided, or the surplus met, first.",
      "has_medicaid == 'pending' or has_medicaid == 'surplus'", code = "hh.medicaid_first", verified = false } },

  level = first {
    { "high need (Health Home Plus)", when = "high_need", urgency = 7, cite = STATE, verified = false },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Without Medicaid there is no Health Home. Apply for Medicaid first (med), then ask again.",
      when = "has_medicaid == 'none'", code = "hh.apply_med", cite = STATE },
    note { "A drug or alcohol problem alone does not open a Health Home. With one more lasting condition it does.",
      when = "substance_use and status.hh == 'unlikely'", code = "hh.substance_alone", cite = STATE },
    note { "People who manage their health and their care well by themselves do not need a Health Home.",
      when = "status.hh == 'likely' or status.hh == 'possible'", code = "hh.self_managed", cite = STATE },
    note { "Ask for Health Home Plus: a smaller caseload, for people with a serious mental illness and a high need.",
      when = "high_need", code = "hh.plus", cite = STATE },
    note { "Health Home Plus also serves people with HIV and a high need.", when = HIV, code = "hh.plus_hiv", cite = STATE },
    note { "In a Medicaid plan: the plan can make the referral.",
      when = "status.hh ~= 'unlikely' and managed_care_or_mltc == 'MMC'", code = "hh.plan", verified = false },
    note { "In a long-term care plan: its care manager comes first.",
      when = "status.hh ~= 'unlikely' and managed_care_or_mltc == 'MLTC'", code = "hh.mltc", verified = false },
    note { "Coming home from a hospital, jail or treatment place: ask the discharge team to make the referral now.",
      when = "reintegrating_from_institution and status.hh ~= 'unlikely'", code = "hh.release", verified = false },
    note { "Under 21: ask for a Health Home that serves children.",
      when = "status.hh ~= 'unlikely' and age < hh_child_under", code = "hh.for_children", verified = false },
  },

  documents = {
    document { "Medicaid number (CIN)", verified = false },
    document { "Proof of the diagnosis", verified = false },
    document { "Consent form DOH-5055", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Wait for Medicaid or meet the surplus, then ask a lead Health Home or the Medicaid plan.",
      when = "has_medicaid == 'pending' or has_medicaid == 'surplus'", verified = false },
    { "Ask a lead Health Home or the Medicaid plan, and sign the consent.", otherwise = true, verified = false } },

  cannot = { "enrol anybody without consent (not verified)" },
  review = { months = 12, cite = "NYS Health Home standards", verified = false },

  items = {
    item { "child_emotional_need",
      choice { { "none", "No" }, { "sed", "Yes, a serious emotional disturbance" },
        { "complex_trauma", "Yes, complex trauma" } },
      section = "health", labels = { "PSY" },
      text = "Has a professional found a serious emotional disturbance or complex trauma?",
      why = "A Health Home for children serves young people who have one of these.",
      ask_when = "age < 21", if_not_asked = "'none'" },
  },
}
