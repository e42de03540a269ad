-- WeCARE: what people on Cash Assistance can do when their health stands in the way of work. Nobody applies for it: a
-- Benefits Access Center refers.
--
-- Being in HASA is HIV information. It counts only when the person lets WeCARE see it; without that consent the answer
-- changes nothing here. Whether an application for Cash Assistance is in counts only when it is answered, and a note
-- says that it could change the result.

local WECARE = "nyc.gov/site/hra/help/we-care.page"
local WORK = "SSL 332; 18 NYCRR 385.2(b)"
local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"
local HASA = "answered(consent_by_program) and has(consent_by_program, 'wecare') and has_hasa_case"
local BARRIER = "(work_barrier == 'medical' or work_barrier == 'psych' or work_barrier == 'substance')"
local APPLIED = "(answered(wecare_ca_applied) and wecare_ca_applied)"

return program {
  id      = "wecare",
  name    = "WeCARE",
  agency  = "HRA",
  helps   = "People on Cash Assistance whose health keeps them from work: an assessment, and a plan that fits.",
  cite    = "18 NYCRR 385.2(d); SSL 332-b",
  version = "2026.1",
  url     = "https://www.nyc.gov/site/hra/help/we-care.page",

  items = {
    item { "wecare_ca_applied", "bool", section = "work",
      text = "Did you apply for Cash Assistance, and do you wait for the answer?",
      why = "WeCARE is also for people who have applied.",
      ask_when = "cash_assistance_monthly == 0", if_not_asked = "false" },
    item { "wecare_assessed_on", "date", section = "work", labels = { "PSY", "ETH" },
      text = "When did WeCARE last assess what work you can do?",
      why = "A recent assessment is looked at again; you then need no new one.",
      help = "Leave it out if it never did.",
      ask_when = "work_barrier ~= 'none'" },
  },

  worksheet = {
    line { "ssi_is_own",
      "ssi_monthly > 0 and (household_size == 1 or answered(incomes) and any(incomes, income.type == 'ssi'))",
      text = "The SSI is this person's own", cite = "legalservicesnyc.org" },
    line { "birth_is_near", "pregnant_any and pregnancy_due_date - as_of <= ca_exempt_before_birth",
      text = "A birth is at most 30 days away", cite = WORK },
    line { "crisis", "phq2_score >= phq2_positive_from and phq9_crisis",
      text = "Thoughts of being better off dead or of self-harm", cite = "PHQ-9, question 9", verified = false },
  },

  eligible = all {
    rule { "gets Cash Assistance, or has applied for it", "cash_assistance_monthly > 0 or " .. APPLIED,
      code = "wecare.on_ca", cite = WECARE },
    any { "has a medical, psychological or substance use barrier to work", code = "wecare.barrier",
      cite = "18 NYCRR 385.2(d); SSL 332-b",
      rule { "a health problem of the body", "work_barrier == 'medical'", code = "wecare.medical" },
      rule { "a mental health problem", "work_barrier == 'psych'", code = "wecare.psychological" },
      rule { "drugs or alcohol", "work_barrier == 'substance'", code = "wecare.substance" } },
    none { "is not exempt from work already", code = "wecare.not_exempt", cite = "legalservicesnyc.org",
      rule { "gets SSI", "ssi_is_own", code = "wecare.ssi" },
      rule { "is 60 or older", "age >= wecare_exempt_age", code = "wecare.age" },
      rule { "cannot leave home", "homebound", code = "wecare.homebound" },
      rule { "has another exemption that WeCARE may know of",
        HASA,
        code = "wecare.other_exemption" } },
  },

  possible = any {
    rule { "Somebody in the home gets SSI. If it is the person who would go to WeCARE, WeCARE is not needed.",
      "ssi_monthly > 0 and not answered(incomes)", code = "wecare.whose_ssi", cite = "legalservicesnyc.org" } },

  level = first {
    { "thoughts of self-harm", when = "crisis", act_within = days(0), urgency = 0, verified = false,
      cite = "PHQ-9, question 9" },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Thoughts of being better off dead or of self-harm: call or text 988 now, and stay with the person.",
      when = "crisis", code = "wecare.crisis", verified = false, cite = "PHQ-9, question 9" },
    note { "Apply for Cash Assistance first (ca): WeCARE is for people who get it or have applied. If the application " ..
        "is in already, say so.",
      when = "cash_assistance_monthly == 0 and not " .. APPLIED .. " and " .. BARRIER, code = "wecare.ca_first", cite = WECARE },
    note { "Exempt from work already: WeCARE is not needed.",
      when = "cash_assistance_monthly > 0 and (age >= wecare_exempt_age or homebound or ssi_is_own or " .. HASA .. ")",
      code = "wecare.exempt", cite = "legalservicesnyc.org" },
    note { "Only a Benefits Access Center refers to WeCARE. Nobody else can, and nobody can apply.",
      when = "status.wecare ~= 'unlikely'", code = "wecare.referral", cite = WECARE },
    note { "Not able to work for 12 months or more: the federal disability track. SSI or SSDI must then be applied for.",
      when = "unable_work_months >= wecare_disability_months", code = "wecare.disability_track",
      cite = "HRA procedure on WeCARE; " .. REPORT },
    note { "The assessment decides the track: work, also with limits (vocational rehabilitation), or a wellness plan " ..
        "for what treatment can better.",
      when = "status.wecare ~= 'unlikely' and unable_work_months < wecare_disability_months", code = "wecare.tracks",
      cite = "HRA procedure on WeCARE; " .. REPORT },
    note { "Assessed less than 12 months ago: a new claim goes to the Clinical Review Team, not to a new assessment.",
      when = "months_between(wecare_assessed_on, as_of) < wecare_assessment_months", code = "wecare.clinical_review",
      cite = "HRA policy bulletin 07-09-EMP" },
    note { "From 30 days before the birth a pregnant person need not work (ca).", when = "birth_is_near",
      code = "wecare.birth", cite = WORK },
    note { "The mood or worry questions point to something that the assessment should look at.",
      when = "gad2_band == 'positive' or phq9_band == 'moderate' or phq9_band == 'moderately_severe' or phq9_band == 'severe'",
      code = "wecare.mood", verified = false, cite = "PHQ-9, GAD-2" },
    note { "A serious mental illness: a treatment team or care manager can send the records.", when = "smi_dx ~= 'none'",
      code = "wecare.treatment_team", cite = REPORT },
    note { "The questions about alcohol or drugs point to something that the assessment should look at.",
      when = "auditc_band >= 'women_only' or dast_band >= 'moderate'", code = "wecare.substance_screen", verified = false,
      cite = "AUDIT-C, DAST-10" },
    note { "WeCARE learns about treatment for drugs or alcohol from the treatment program (STARS, SuCAP).",
      when = "work_barrier == 'substance'", code = "wecare.data", cite = REPORT },
    note { "An illness or disability without a paper yet: ask the doctor for one before the assessment.",
      when = "status.wecare ~= 'unlikely' and (impairment_physical == 'reported' or impairment_mental == 'reported')",
      code = "wecare.get_papers",
      verified = false },
    note { "An APS or ACS worker serves this household too. APS is usually the lead: agree who does what.",
      when = "has_aps_case or has_acs_case", code = "wecare.duplicate", cite = REPORT },
  },

  documents = { "Medical records", "List of doctors and other providers" },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Ask for the referral to WeCARE at the Benefits Access Center.", otherwise = true, cite = WECARE } },

  cannot = { "treat an illness", "find housing", "manage the case beyond health and work" },
  review = { months = 3, verified = false, cite = "WeCARE wellness plan, about 90 days; and on a new medical claim" },
}
