-- Child care assistance (vouchers). Who is on Cash Assistance passes the income test; whoever has to take part in a
-- Cash Assistance activity is guaranteed care. The others are served as funds allow: the level says which.
--
-- An answer "none of these" to the reason is a no; no answer is unknown.

local LAW = "SSL 410-u, 410-w; 18 NYCRR 415"
local PE = "18 NYCRR 415; PolicyEngine-US, CCAP, NY"

-- A child of the household, whatever the relation; a young husband, wife or partner is none.
local CHILD = "member.relation ~= 'spouse' and member.relation ~= 'domestic_partner' and " ..
  "member.relation ~= 'boyfriend_girlfriend'"

local function reason(word) return "has(child_care_reason, '" .. word .. "')" end

return program {
  id      = "ccap",
  name    = "Child care assistance",
  agency  = "ACS and HRA",
  helps   = "Pays for child care while parents work, learn or get help.",
  cite    = LAW,
  version = "2026.1",

  worksheet = {
    line { "income_limit", "ccap_income_limit[household_size]", text = "85 % of the state median income, each month",
      cite = "SSL 410-w" },
    line { "above_poverty_yearly", "max(0, gross_yearly - poverty_line[household_size])",
      text = "Income of a year above the poverty line", cite = PE },
    line { "family_share_yearly", "above_poverty_yearly * ccap_family_share",
      text = "Family share in a year: 1 % of it", cite = PE },
    line { "family_share_monthly", "family_share_yearly / months_per_year", text = "Family share each month", cite = PE },
    line { "guaranteed", "cash_assistance_monthly > 0 and " .. reason "ca_activity",
      text = "Care is guaranteed: on Cash Assistance, for an activity that it asks for", cite = "SSL 410-w; 18 NYCRR 415.2" },
  },

  eligible = all {
    any { "a child of the right age lives in the home", cite = PE,
      rule { "a child is younger than 13",
        "any(household_roster, member.age < ccap_child_age.other)", cite = PE,
        code = "ccap.under_13" },
      all { "with special needs the child may be older", cite = PE,
        rule { "a child has special needs", "child_special_needs", cite = PE, code = "ccap.special_needs" },
        any { "one of these",
          rule { "a child is younger than 18",
            "any(household_roster, " .. CHILD .. " and member.age < ccap_child_age.special_needs)", cite = PE,
            code = "ccap.under_18" },
          rule { "a full-time student is younger than 19",
            "any(household_roster, " .. CHILD .. " and member.age < ccap_child_age.special_needs_student and " ..
            "member.student_status == 'full_time')", cite = PE, code = "ccap.student_under_19" } } } },
    any { "the income is within the limit, or Cash Assistance proves it", cite = LAW,
      rule { "income is at most 85 % of the state median", "gross_monthly <= income_limit",
        cite = "ACCESS-NYC-Rules S2R040", code = "ccap.income" },
      rule { "gets Cash Assistance", "cash_assistance_monthly > 0", cite = "ACCESS-NYC-Rules S2R040",
        code = "ccap.cash_assistance" } },
    any { "there is a reason for which care is paid", cite = PE,
      rule { "work", reason "work", code = "ccap.work" },
      rule { "training or school", reason "training", code = "ccap.training" },
      rule { "an activity of Cash Assistance", reason "ca_activity", code = "ccap.ca_activity" },
      rule { "looking for work", reason "job_search", code = "ccap.job_search" },
      rule { "help because of violence at home", reason "dv", code = "ccap.dv" },
      rule { "treatment for drugs or alcohol", reason "tx", code = "ccap.treatment" },
      rule { "a parent is ill or disabled", reason "incapacity", code = "ccap.incapacity" } },
  },

  level = first {
    { "guaranteed", when = "guaranteed", urgency = 7, cite = "SSL 410-w; 18 NYCRR 415.2" },
    { "as funds allow", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "On Cash Assistance and in one of its activities: child care is guaranteed.", when = "guaranteed",
      cite = "SSL 410-w; 18 NYCRR 415.2", code = "ccap.guaranteed" },
    note { "Care is given as funds allow: there may be a waiting list. Apply now to have a place on it.",
      when = "not guaranteed and status.ccap ~= 'unlikely'", cite = "18 NYCRR 415.2", verified = false,
      code = "ccap.waiting_list" },
    note { "Looks eligible for Cash Assistance: once it is granted, child care takes the income as proven, and care for " ..
           "its activities is guaranteed.",
      when = "status.ca == 'likely' and cash_assistance_monthly == 0", cite = "ACCESS-NYC-Rules S2R040",
      code = "ccap.ca_likely" },
    note { "The family pays a share: 1 % of the income above the poverty line (see the worksheet).",
      when = "family_share_yearly > 0 and cash_assistance_monthly == 0 and status.ccap ~= 'unlikely'", cite = PE,
      code = "ccap.family_share" },
    note { "A young person in the home has a disability, but no special needs are named: ask again, the age limit " ..
           "is higher.",
      when = "not child_special_needs and any(household_roster, " .. CHILD .. " and member.disabled and " ..
             "member.age < ccap_child_age.special_needs_student)",
      cite = PE, code = "ccap.check_special_needs" },
    note { "The reason is work, but the person does not work now: looking for work is a reason of its own.",
      when = reason "work" .. " and employment_status == 'unemployed'", cite = PE, code = "ccap.not_working" },
    note { "Bring a doctor's statement about the illness or disability.", when = reason "incapacity", cite = PE,
      verified = false, code = "ccap.statement" },
    note { "Only the child, its parents and its brothers and sisters count as the family; other adults in the home may " ..
           "make it look larger here.",
      when = "any(household_roster, " .. CHILD .. " and member.age >= adult_age)", cite = "18 NYCRR 415.1",
      verified = false, code = "ccap.other_adults" },
  },

  documents = {
    document { "Proof of the child's birth", verified = false },
    document { "Proof of income", verified = false },
    document { "Work or school schedule", when = reason "work" .. " or " .. reason "training", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
  },

  next_step = first {
    { "Ask the Cash Assistance worker for child care.", when = "cash_assistance_monthly > 0", verified = false },
    { "Apply to ACS for a child care voucher.", otherwise = true, verified = false },
  },
  cannot = { "pay for care without one of the reasons" },
  review = { months = 12, cite = "18 NYCRR 415 (12 months)", verified = false },
}
