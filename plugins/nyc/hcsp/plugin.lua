-- Home Care Services Program: Medicaid personal care and consumer directed care, fee for service.
-- A screen for the intake worker. It never says hours: the nurse's assessment does.
--
-- Medicaid that is only possible counts as possible here, also where a child in the home is within a limit and the
-- person is not: whoever needs hands-on help in three activities can ask for Medicaid as a disabled person, with a
-- spend-down. A no would keep that person from asking.
return program {
  id      = "hcsp",
  name    = "Home Care Services Program",
  agency  = "HRA",
  helps   = "People with Medicaid who need hands-on help to stay safely at home.",
  cite    = "SSL 365-a(2)(e), 365-f; 18 NYCRR 505.14, 505.28; 25 OHIP/ADM-03",
  version = "2026.1",
  url     = "https://www.nyc.gov/site/hra/help/long-term-care.page",

  worksheet = {
    line { "adls_at_limited", "count(adls, adl >= 'limited')",
      text = "Daily activities that need at least limited help", cite = "25 OHIP/ADM-03" },
    line { "adls_at_supervision", "count(adls, adl >= 'supervision')",
      text = "Daily activities that need at least supervision", cite = "25 OHIP/ADM-03" },
    line { "under_old_rule",
      [[as_of < hcsp_minimum_need_from or home_care_hours_week > 0 and home_care_authorized and
        nyia_first_assessed >= hcsp_legacy_from and nyia_first_assessed < hcsp_minimum_need_from]],
      text = "The rule from before the minimum need applies", cite = "health.wnylc.com News 85" },
    line { "minimum_need",
      [[under_old_rule or count(adls, adl >= 'limited') >= hcsp_adls_limited or
        dementia_dx == 'physician_dx' and count(adls, adl >= 'supervision') >= hcsp_adls_dementia]],
      text = "The minimum need is met, or is not asked for", cite = "25 OHIP/ADM-03" },
  },

  eligible = all {
    any { "has Medicaid, or is likely to get it", code = "hcsp.medicaid", cite = "18 NYCRR 505.14; ANR S2R037",
      rule { "Medicaid is active", "has_medicaid == 'active'", code = "hcsp.medicaid_active" },
      rule { "has Medicaid with a surplus (spend-down)", "has_medicaid == 'surplus'",
        code = "hcsp.medicaid_surplus" },
      rule { "is likely or possible to get Medicaid", "status.med == 'likely' or status.med == 'possible'",
        code = "hcsp.medicaid_likely", cite = "SSL 366" } },

    rule { "is not in a managed care plan that gives home care",
      "managed_care_or_mltc ~= 'MLTC' and managed_care_or_mltc ~= 'MMC'", code = "hcsp.not_in_plan",
      cite = "nyc.gov, long-term care" },
    rule { "is not one for a managed long-term care plan (Medicare, Medicaid and more than 8 hours a week)",
      "not (home_care_hours_week > hcsp_mltc_hours_week and has_medicare and has_medicaid == 'active')",
      code = "hcsp.not_for_mltc", cite = "nyc.gov service 1834" },

    any { "meets the minimum need, or is exempt from it", code = "hcsp.minimum_need",
      cite = "25 OHIP/ADM-03; LeadingAge New York, 12 Aug 2025",
      rule { "three daily activities need at least limited help",
        "count(adls, adl >= 'limited') >= hcsp_adls_limited", code = "hcsp.three_adls" },
      all { "has dementia, and two daily activities need at least supervision", code = "hcsp.dementia_need",
        rule { "a physician has diagnosed dementia or Alzheimer's disease", "dementia_dx == 'physician_dx'",
          code = "hcsp.dementia" },
        rule { "two daily activities need at least supervision",
          "count(adls, adl >= 'supervision') >= hcsp_adls_dementia", code = "hcsp.two_adls" } },
      rule { "asks before the minimum need rule began", "as_of < hcsp_minimum_need_from", code = "hcsp.before_rule" },
      all { "was assessed and enrolled under the old rule", code = "hcsp.legacy", cite = "health.wnylc.com News 85",
        rule { "gets home care now", "home_care_hours_week > 0", code = "hcsp.gets_care" },
        rule { "NYIA first assessed between 1 September 2024 and 1 September 2025",
          "nyia_first_assessed >= hcsp_legacy_from and nyia_first_assessed < hcsp_minimum_need_from",
          code = "hcsp.first_assessed" },
        rule { "was then enrolled or authorised", "home_care_authorized", code = "hcsp.authorized" } } },

    rule { "is medically stable", "medically_stable == 'yes'", code = "hcsp.stable",
      cite = "nyc.gov, Home Care Services Program (older page)" },
    rule { "directs their own care, or has somebody who does",
      "self_directing == 'yes' or self_directing == 'has_surrogate'", code = "hcsp.self_directing",
      cite = "nyc.gov, Home Care Services Program (older page)" },
  },

  possible = any {
    rule { "Family or friends give all the care that is needed. The nurse decides what is left: often fewer hours.",
      "informal_helper == 'adequate'", code = "hcsp.helper", verified = false, cite = "18 NYCRR 505.14" },
    rule { "The surplus must be met each month before Medicaid pays.", "has_medicaid == 'surplus'",
      code = "hcsp.surplus_to_meet", verified = false, cite = "SSL 366" },
    rule { "In a hospital or another institution now: the nurse decides about care at home after it.",
      "in_foster_or_institution_now ~= 'none'", code = "hcsp.institution", cite = "18 NYCRR 505.14(a)(3)" },
    rule { "Medicaid is only possible. It must be decided first.",
      "has_medicaid ~= 'active' and has_medicaid ~= 'surplus' and status.med == 'possible'",
      code = "hcsp.medicaid_first", cite = "SSL 366" },
  },

  level = first {
    { "immediate need, Medicaid first",
      when = "immediate_need_home_care and (has_medicaid == 'none' or has_medicaid == 'pending')",
      act_within = days(7), urgency = 4, cite = "SSL 366-a(12); 18 NYCRR 505.14(b)(7)-(8); GIS 22 MA/09, 24 MA/02" },
    { "immediate need", when = "immediate_need_home_care", act_within = days(12), urgency = 5,
      cite = "SSL 366-a(12); 18 NYCRR 505.14(b)(7)-(8); GIS 22 MA/09, 24 MA/02" },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "The nurse decides whether services are medically necessary and whether the person can be safe at home.",
      code = "hcsp.nurse_decides", cite = "18 NYCRR 505.14(a)(3)" },
    note { "Immediate need: Medicaid is decided in 7 calendar days, care in 12.", when = "immediate_need_home_care",
      code = "hcsp.immediate_need", cite = "SSL 366-a(12); 18 NYCRR 505.14(b)(7)-(8)" },
    note { "Immediate need means no one to help, no other insurance and no equipment to get by.",
      when = "immediate_need_home_care", code = "hcsp.immediate_need_means", verified = false },
    note { "A child under 18 lives in the home: ACS assesses first.", when = "any(household_roster, member.age < adult_age)",
      code = "hcsp.acs_first", cite = "HRA Home Care Services Program" },
    note { "Help is needed often at night: split-shift review by the nurse.",
      when = "night_needs_count >= hcsp_night_needs",
      code = "hcsp.split_shift_review", cite = "18 NYCRR 505.14(a)(2)" },
    note { "With Medicare and Medicaid, care of more than 8 hours a week comes from a managed long-term care plan. " ..
        "Call NY Medicaid Choice.", when = "has_medicare and has_medicaid == 'active'", code = "hcsp.medicare_mltc",
      cite = "nyc.gov service 1834" },
    note { "More than 8 hours a week are given now: this is work for a managed long-term care plan, not for HCSP.",
      when = "has_medicare and has_medicaid == 'active' and home_care_hours_week > hcsp_mltc_hours_week",
      code = "hcsp.over_mltc_hours", cite = "nyc.gov service 1834" },
    note { "The plan gives the home care: ask the plan's care manager.",
      when = "managed_care_or_mltc == 'MLTC' or managed_care_or_mltc == 'MMC'", code = "hcsp.ask_plan",
      cite = "nyc.gov, long-term care" },
    note { "Only housekeeping is needed: stand-alone Level I care (at most 8 hours a week) takes no new cases.",
      when = "not minimum_need and count(adls, adl >= 'supervision') == 0 and count(iadls, iadl >= 'some_help') >= 1",
      code = "hcsp.level_one_closed", cite = "SSL 365-a(2)(e)(iv); 25 OHIP/ADM-03" },
    note { "Below the minimum need: NYC Aging can help at home (EISEP). Call Aging Connect, 212-244-6469.",
      when = "not minimum_need and age >= hcsp_eisep_age", code = "hcsp.offer_eisep", cite = "nyc.gov service 1834" },
    note { "Below the minimum need: a certified home health agency gives skilled care; PACE does not have this rule.",
      when = "not minimum_need", code = "hcsp.offer_chha_pace", cite = "health.wnylc.com News 85" },
    note { "Below the minimum need: with a developmental disability, OPWDD or a waiver may give care at home.",
      when = "not minimum_need", code = "hcsp.offer_opwdd", cite = "health.wnylc.com News 85" },
    note { "The assessment of a HASA, APS or ACS caseworker, or of OPWDD, can be used again. Do not repeat it.",
      code = "hcsp.reuse_assessment", cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
    note { "Lives in a DHS shelter: work with the Health Services Office (HSO) there. This is not a case for APS.",
      when = "living_situation == 'dhs_shelter'", code = "hcsp.shelter", verified = false },
    note { "In an institution now: plan with the discharge team. Care starts at home.",
      when = "living_situation == 'institution'", code = "hcsp.discharge", verified = false },
    note { "Tell the nurse about the falls.", when = "falls_12mo >= 1", code = "hcsp.falls", verified = false },
    note { "Cannot leave home: ask for the assessment at home.", when = "homebound", code = "hcsp.home_visit",
      verified = false },
  },

  documents = {
    document { "Physician's order: M-11q", cite = "18 NYCRR 505.14(b)" },
    document { "The state's form DOH-4359 in place of the M-11q", verified = false },
    document { "Medicaid application", when = "has_medicaid == 'none' or has_medicaid == 'pending'" },
    document { "Supplement DOH-5178A", when = "has_medicaid == 'none' or has_medicaid == 'pending'" },
    document { "DOH-5821: the physician's statement of dementia", when = "dementia_dx ~= 'none'" },
    document { "Attestation of immediate need", when = "immediate_need_home_care",
      cite = "18 NYCRR 505.14(b)(7)" },
  },

  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Apply for Medicaid now, and send the physician's order with it to the CASA office.",
      when = "has_medicaid == 'none'" },
    { "Send the physician's order to the CASA office and call NYIA for the assessment (UAS-NY Community Health " ..
        "Assessment). The nurse does the medical part.", otherwise = true } },

  cannot = {
    "give skilled nursing",
    "manage the case beyond the assessment",
    "refer to some agencies: it can only give information about them",
  },
  review = { months = 12, cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },

  items = {
    item { "nyia_first_assessed", "date", section = "daily_life",
      text = "When did the state (NYIA) first look at your need for home care?",
      why = "People who were looked at before 1 September 2025 may keep the older rule.",
      ask_when = "home_care_hours_week > 0" },
    item { "home_care_authorized", "bool", section = "daily_life",
      text = "Did you then get home care through Medicaid or a Medicaid plan?",
      why = "People who had home care under the older rule may keep it.",
      ask_when = "home_care_hours_week > 0" },
  },
}
