-- NYC Aging case management and EISEP: help at home for older people whom Medicaid home care does not serve.
-- Without Medicaid the question of Medicaid home care is decided at once. With it, the result of hcsp decides.
local NYC_1834 = "nyc.gov service 1834"
local EISEP = "9 NYCRR 6654; Elder Law 214"

return program {
  id      = "aging",
  name    = "NYC Aging case management (EISEP)",
  agency  = "NYC Aging",
  helps   = "People of 60 and older who need some help at home and do not get it from Medicaid.",
  cite    = EISEP,
  version = "2026.1",
  phone   = "212-244-6469",
  url     = "https://www.nyc.gov/nyc-resources/service/1834",

  worksheet = {
    line { "has_medicaid_now", "has_medicaid == 'active' or has_medicaid == 'surplus'",
      text = "Has Medicaid now", cite = NYC_1834 },
    line { "cost_share_from", "poverty_line[household_size] * aging_cost_share_ratio",
      text = "Yearly income above which the client pays a share", cite = EISEP, verified = false },
  },

  eligible = all {
    rule { "is 60 or older", "age >= aging_minimum_age", code = "aging.age", cite = "Elder Law 214; 9 NYCRR 6654" },

    any { "needs help to live at home", code = "aging.need", cite = EISEP,
      rule { "one daily activity needs another person", "count(adls, adl >= 'supervision') >= aging_adls_needed",
        code = "aging.adls", verified = false },
      rule { "two tasks of the household need another person", "count(iadls, iadl >= 'some_help') >= aging_iadls_needed",
        code = "aging.iadls", verified = false } },

    rule { "has a need that nobody meets", "informal_helper ~= 'adequate'", code = "aging.unmet", cite = EISEP,
      verified = false },

    any { "does not get home care from Medicaid", code = "aging.no_medicaid_care", cite = NYC_1834,
      rule { "has no Medicaid now", "has_medicaid == 'none' or has_medicaid == 'pending'", code = "aging.no_medicaid" },
      all { "Medicaid home care is not there for this person", code = "aging.hcsp_out",
        rule { "is not likely to get home care from HCSP", "status.hcsp ~= 'likely'", code = "aging.not_hcsp" },
        rule { "is not in a managed long-term care plan", "managed_care_or_mltc ~= 'MLTC'", code = "aging.not_mltc",
          verified = false } } },
  },

  possible = any {
    rule { "Medicaid home care may fit, and comes first if it does.", "has_medicaid_now and status.hcsp == 'possible'",
      code = "aging.hcsp_first", cite = NYC_1834 },
    rule { "The Medicaid plan may give the care at home: ask the plan first.",
      "has_medicaid_now and managed_care_or_mltc == 'MMC'", code = "aging.plan_first", verified = false } },

  level = first {
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Under 60: NYC Aging serves people of 60 and older.", when = "age < aging_minimum_age", code = "aging.under_60",
      cite = "Elder Law 214" },
    note { "Medicaid home care (hcsp) fits, so EISEP is not the way to home care.",
      when = "has_medicaid_now and status.hcsp == 'likely'", code = "aging.use_hcsp", cite = NYC_1834 },
    note { "Below the minimum need of Medicaid home care: EISEP is for people in this place.",
      when = "(status.aging == 'likely' or status.aging == 'possible') and has_medicaid_now and status.hcsp == 'unlikely'",
      code = "aging.after_hcsp", cite = NYC_1834 },
    note { "The long-term care plan gives the care at home: ask the plan's care manager.",
      when = "has_medicaid_now and managed_care_or_mltc == 'MLTC'", code = "aging.ask_plan", verified = false },
    note { "Without Medicaid now, but home care from Medicaid may fit: apply for Medicaid too (med, hcsp).",
      when = "not has_medicaid_now and (status.hcsp == 'likely' or status.hcsp == 'possible')",
      code = "aging.medicaid_too", cite = NYC_1834 },
    note { "Somebody gives all the help that is needed: there is nothing left for EISEP to do.",
      when = "informal_helper == 'adequate'", code = "aging.helper_adequate", cite = EISEP, verified = false },
    note { "Income is above one and a half times the poverty line: the client pays a share of the cost.",
      when = "status.aging ~= 'unlikely' and gross_yearly > cost_share_from", code = "aging.cost_share", cite = EISEP,
      verified = false },
    note { "Ask the case manager whether the health costs lower the share.",
      when = "status.aging ~= 'unlikely' and gross_yearly > cost_share_from and medical_expense_monthly > 0",
      code = "aging.health_costs", verified = false },
    note { "There may be a waiting list. Ask where you stand on it.",
      when = "status.aging == 'likely' or status.aging == 'possible'", code = "aging.waitlist", verified = false },
    note { "Paid home care comes already: say who pays for it.",
      when = "status.aging ~= 'unlikely' and home_care_hours_week > 0",
      code = "aging.has_care", verified = false },
    note { "Cannot leave home: ask for the visit at home, and for meals at home (hdm).",
      when = "status.aging ~= 'unlikely' and homebound",
      code = "aging.home_visit", verified = false },
    note { "Tell the case manager about the falls.",
      when = "status.aging ~= 'unlikely' and falls_12mo >= 1", code = "aging.falls", verified = false },
    note { "Dementia: ask for help for the people who care, too.",
      when = "status.aging ~= 'unlikely' and dementia_dx ~= 'none'",
      code = "aging.dementia",
      verified = false },
    note { "Lonely: ask for a friendly visitor, a call or an older adult center.",
      when = "age >= aging_minimum_age and ucla_lonely", code = "aging.lonely", verified = false },
    note { "Low mood: ask the case manager for mental health help for older adults.",
      when = "phq9_band == 'moderate' or phq9_band == 'moderately_severe' or phq9_band == 'severe'",
      code = "aging.mood", verified = false },
    note { "Thoughts of being better off dead: call 988 together now, before any other question.",
      when = "phq9_crisis", code = "aging.crisis", verified = false },
    note { "A yes in the elder abuse questions 2 to 6: refer to APS (aps).",
      when = "easi_suspected", code = "aging.easi", verified = false },
    note { "Help with Medicare choices (HIICAP) is a program of its own: it needs no case manager.",
      when = "status.aging ~= 'unlikely' and has_medicare", code = "aging.hiicap", verified = false },
    note { "Outside New York City: call the office for the aging of your county.",
      when = "age >= aging_minimum_age and not lives_in_nyc",
      code = "aging.outside", verified = false },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Call Aging Connect, 212-244-6469. It finds the case management agency for your address; you need no papers.",
      otherwise = true, verified = false } },

  cannot = {
    "give home care that Medicaid pays for (not verified)",
    "promise a start: there may be a waiting list (not verified)",
  },
  review = { months = 6, cite = "9 NYCRR 6654 (contact every 6 months, assessment every 12)", verified = false },
}
