-- Medicaid and the Essential Plan in New York City.
--
-- `likely` is kept for full Medicaid of the person assessed, because other programs read it (home care, Health Home).
-- Everything next to it is `possible`, each with a reason of its own:
--   the Essential Plan (income above the Medicaid limit of an adult),
--   spend-down and planning (65 or older, blind or disabled, above the income or resource limit),
--   coverage of a child of the household when the adult is above the limit,
--   an immigration status that the federal list does not, or no longer, count.
-- Interest and dividends are income like any other: they are part of the yearly income, and have no rule of their own.
-- The income of the household is set against the limit of its size; who is counted in whose Medicaid household is
-- decided on the application.

local MAGI = "SSL 366; 42 CFR 435"
local NON_MAGI = "SSL 366; health.wnylc.com (article 15)"
local PLAN = "42 USC 18051; health.wnylc.com"
local STATUS = "42 USC 1396b(v); Public Law 119-21"

local ADULT = "age >= medicaid_age.young_adult and age < medicaid_age.aged"
local AGED = "age >= medicaid_age.aged"
local WITH_PARENT = "any(household_roster, member.relation == 'parent' or member.relation == 'step_parent')"

-- What counts is never more than the gross income: where that is within the limit, no part of it needs to be known.
local function within(limit)
  return "gross_yearly <= " .. limit .. " or magi_yearly <= " .. limit
end

-- The same criteria stand in `eligible` (coded: with their codes) and, negated, in `possible`.
local function coder(coded)
  return function(word) return coded and ("med." .. word) or nil end
end

local function full_medicaid(coded)
  local code = coder(coded)
  return any { "income (and, from 65 or with a disability, resources) within a Medicaid limit", cite = MAGI,
    all { "pregnancy: 223 % of poverty, the baby counts",
      rule { "somebody in the home is pregnant", "pregnant_any", cite = "42 CFR 435.116", code = code("pregnant") },
      rule { "income is at most 223 % of poverty", within "medicaid_limit_223[household_size + 1]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("income_pregnant") } },
    all { "under 1: 223 % of poverty",
      rule { "is younger than 1", "age < medicaid_age.child", cite = MAGI, code = code("infant") },
      rule { "income is at most 223 % of poverty", within "medicaid_limit_223[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("income_infant") } },
    all { "1 to 18: 154 % of poverty",
      rule { "is 1 to 18 years old", "age >= medicaid_age.child and age < medicaid_age.young_adult",
        cite = "42 CFR 435.118", code = code("child") },
      rule { "income is at most 154 % of poverty", within "medicaid_limit_154[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("income_child") } },
    all { "19 or 20 and living with a parent: 155 % of poverty",
      rule { "is 19 or 20 years old", "age >= medicaid_age.young_adult and age < medicaid_age.adult",
        cite = MAGI, code = code("young_adult") },
      rule { "lives with a parent", WITH_PARENT, cite = MAGI, code = code("with_parent") },
      rule { "income is at most 155 % of poverty", within "medicaid_limit_155[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("income_young_adult") } },
    all { "19 to 64: 138 % of poverty",
      rule { "is 19 to 64 years old", ADULT, cite = "42 CFR 435.119", code = code("adult") },
      rule { "income is at most 138 % of poverty", within "medicaid_limit_138[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("income_adult") } },
    all { "65 or older, blind or disabled: 138 % of poverty, and resources", cite = NON_MAGI, code = code("non_magi"),
      any { "one of these",
        rule { "is 65 or older", AGED, cite = NON_MAGI, code = code("aged") },
        rule { "is blind or disabled", "disabled", cite = NON_MAGI, code = code("disabled") } },
      rule { "income less 20 dollars a month is at most 138 % of poverty",
        "gross_yearly <= medicaid_limit_138[household_size] or non_magi_yearly <= medicaid_limit_138[household_size]",
        cite = NON_MAGI, code = code("income_non_magi") },
      any { "resources are within the limit",
        rule { "are within the limit of one person", "liquid_assets <= medicaid_resource_limit.single",
          cite = NON_MAGI, code = code("resources") },
        all { "the limit of a couple is higher",
          rule { "is married", "marital_status == 'married'", cite = NON_MAGI, code = code("married") },
          rule { "are within the limit of a couple", "liquid_assets <= medicaid_resource_limit.couple",
            cite = NON_MAGI, code = code("resources_couple") } } } } }
end

local function essential_plan(coded)
  local code = coder(coded)
  return all { "Essential Plan", cite = PLAN,
    rule { "is 19 to 64 years old", ADULT, cite = PLAN, code = code("plan_age") },
    rule { "income is within the Essential Plan limit", "magi_yearly <= essential_plan_limit",
      cite = PLAN, code = code("plan_income") },
    rule { "is lawfully present", "immigration_status ~= 'undocumented'", cite = "42 CFR 600.305", verified = false,
      code = code("plan_status") } }
end

local function spend_down(coded)
  local code = coder(coded)
  return any { "65 or older, blind or disabled: spend-down or planning at any income", cite = NON_MAGI,
    rule { "is 65 or older", AGED, cite = NON_MAGI, code = code("spend_down_aged") },
    rule { "is blind or disabled", "disabled", cite = NON_MAGI, code = code("spend_down_disabled") } }
end

local function child_of_household(coded)
  local code = coder(coded)
  return any { "a child of the household is within a limit for children", cite = MAGI,
    all { "under 1: 223 % of poverty",
      rule { "a child under 1 lives in the home", "any(household_roster, member.age < medicaid_age.child)",
        cite = MAGI, code = code("home_infant") },
      rule { "income is at most 223 % of poverty", "magi_yearly <= medicaid_limit_223[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("home_infant_income") } },
    all { "1 to 18: 154 % of poverty",
      rule { "a child of 1 to 18 lives in the home",
        "any(household_roster, member.age >= medicaid_age.child and member.age < medicaid_age.young_adult)",
        cite = MAGI, code = code("home_child") },
      rule { "income is at most 154 % of poverty", "magi_yearly <= medicaid_limit_154[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("home_child_income") } },
    all { "19 or 20 and living with a parent: 155 % of poverty",
      rule { "a son or daughter of 19 or 20 lives in the home",
        "any(household_roster, (member.relation == 'child' or member.relation == 'step_child') and " ..
        "member.age >= medicaid_age.young_adult and member.age < medicaid_age.adult)",
        cite = MAGI, code = code("home_young_adult") },
      rule { "income is at most 155 % of poverty", "magi_yearly <= medicaid_limit_155[household_size]",
        cite = "ACCESS-NYC-Rules S2R038", code = code("home_young_adult_income") } } }
end

return program {
  id      = "med",
  name    = "Medicaid or Essential Plan",
  agency  = "NY State of Health; HRA for people who are 65 or older or disabled",
  helps   = "Free or low-cost health insurance.",
  cite    = "SSL 366; 42 CFR 435",
  version = "2026.1",

  worksheet = {
    line { "not_counted_monthly", "ssi_monthly + cash_assistance_monthly + child_support_in_monthly",
      text = "SSI, Cash Assistance and child support received do not count",
      cite = "42 CFR 435.603(e)", verified = false },
    line { "magi_yearly", "gross_yearly - not_counted_monthly * months_per_year",
      text = "Yearly income that counts", cite = MAGI },
    line { "non_magi_yearly",
      "max(0, gross_yearly - (ssi_monthly + cash_assistance_monthly + medicaid_general_disregard) * months_per_year)",
      text = "Yearly income less 20 dollars a month (65 or older, blind or disabled)", cite = NON_MAGI },
    line { "disabled", "legally_blind or disability_benefit_any",
      text = "Blind, or a disability benefit in the home", cite = NON_MAGI },
    line { "essential_plan_limit", "poverty_line[household_size] * essential_plan_multiple",
      text = "Essential Plan limit", cite = PLAN },
    line { "surplus_yearly", "max(0, non_magi_yearly - medicaid_limit_138[household_size])",
      text = "Yearly surplus above the limit (spend-down)", cite = NON_MAGI },
    line { "resource_limit",
      "marital_status == 'married' and medicaid_resource_limit.couple or medicaid_resource_limit.single",
      text = "Resource limit (65 or older, blind or disabled)", cite = NON_MAGI },
  },

  eligible = any { "income (and, from 65 or with a disability, resources) is within Medicaid or the Essential Plan",
    full_medicaid(true), essential_plan(true), spend_down(true), child_of_household(true) },

  possible = any {
    all { -- not within full Medicaid, but ...
      none { full_medicaid(false) },
      any {
        all { "Income is above the Medicaid limit but within the Essential Plan.", cite = PLAN,
          code = "med.only_plan", essential_plan(false) },
        all { "Income or resources are above the limit: Medicaid with a spend-down, or planning first.",
          cite = NON_MAGI, code = "med.only_spend_down", spend_down(false) },
        all { "A child in the home is within the limit for children; the adult is not.", cite = MAGI,
          code = "med.only_child", child_of_household(false) } } },
    rule { "Since 1 October 2026 the federal list no longer has this status; whether the State pays is for the agency.",
      "as_of >= medicaid_status_narrowing and " ..
      "(immigration_status == 'refugee_asylee' or immigration_status == 'other_qualified')",
      cite = STATUS, code = "med.status_narrowed" },
    rule { "PRUCOL: federal Medicaid does not count it; whether the State pays is for the agency.",
      "immigration_status == 'prucol'", cite = "SSL 122", verified = false, code = "med.prucol" },
    rule { "Without papers: emergency care, or more during pregnancy, for children and from 65; the agency decides.",
      "immigration_status == 'undocumented'", cite = "SSL 122; SSL 366", verified = false, code = "med.undocumented" },
  },

  level = first {
    { "immediate need for home care", when = "immediate_need_home_care", act_within = days(7), urgency = 4,
      cite = "SSL 366-a(12); GIS 22 MA/09, 24 MA/02" },
    { "disability decision", when = "disabled and age < medicaid_age.aged", act_within = days(90), urgency = 7,
      cite = "42 CFR 435.912", verified = false },
    { "ordinary", otherwise = true, act_within = days(45), urgency = 7, cite = "42 CFR 435.912", verified = false },
  },

  notes = {
    note { "Already on Medicaid: read this as a check before the yearly renewal.",
      when = "has_medicaid == 'active' or has_medicaid == 'surplus'", code = "med.has" },
    note { "Essential Plan: income is above the Medicaid limit of an adult and within the plan's limit.",
      when = "status.med ~= 'likely' and " .. ADULT .. " and magi_yearly > medicaid_limit_138[household_size] and " ..
             "magi_yearly <= essential_plan_limit and immigration_status ~= 'undocumented'",
      cite = PLAN, code = "med.essential_plan" },
    note { "Income is above the Medicaid limit: the surplus can be spent down on medical bills.",
      when = "(" .. AGED .. " or disabled) and surplus_yearly > 0", cite = NON_MAGI, code = "med.spend_down" },
    note { "Savings are above the resource limit: get planning advice before applying.",
      when = "(" .. AGED .. " or disabled) and liquid_assets > resource_limit",
      cite = NON_MAGI, code = "med.resources_over" },
    note { "A child above the Medicaid limit: look at Child Health Plus.",
      when = "age < medicaid_age.young_adult and status.med ~= 'likely' and " ..
             "magi_yearly > medicaid_limit_154[household_size]", cite = "ACCESS-NYC-Rules S2R057",
      verified = false, code = "med.child_health_plus" },
    note { "Has Medicare: below 65 the rules for disabled people, with a resource limit, usually apply.",
      when = "has_medicare and age < medicaid_age.aged", cite = "42 CFR 435.119(b)(3)", verified = false,
      code = "med.medicare_under_65" },
    note { "Has Medicare: the Medicare Savings Program is separate; apply for it too.", when = "has_medicare",
      cite = NON_MAGI, code = "med.medicare_savings" },
    note { "SSI brings Medicaid with it for the person who gets it.", when = "ssi_monthly > 0", cite = "SSL 366",
      verified = false, code = "med.ssi" },
    note { "From 1 January 2027 adults on Medicaid have to work 80 hours a month unless exempt.",
      when = ADULT .. " and as_of < medicaid_work_rule and " ..
             "not any(household_roster, member.age <= medicaid_work_child_age)",
      cite = "Public Law 119-21", code = "med.work_rule_coming" },
    note { "Adults on Medicaid have to work 80 hours a month unless exempt.",
      when = ADULT .. " and as_of >= medicaid_work_rule and " ..
             "not any(household_roster, member.age <= medicaid_work_child_age)",
      cite = "Public Law 119-21", code = "med.work_rule" },
    note { "A parent of a child of 13 or younger is outside the work rule of 2027.",
      when = ADULT .. " and any(household_roster, member.age <= medicaid_work_child_age)",
      cite = "Public Law 119-21", code = "med.work_rule_parent" },
    note { "Immediate need for home care: Medicaid is decided in 7 calendar days, care in 12.",
      when = "immediate_need_home_care", cite = "SSL 366-a(12); 18 NYCRR 505.14(b)(7)-(8)",
      code = "med.immediate_need" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of where you live", verified = false },
    document { "Immigration papers", when = "immigration_status ~= 'citizen' and immigration_status ~= 'undocumented'",
      verified = false },
    document { "Bank statements and other resources", when = AGED .. " or disabled", verified = false },
    document { "Statements of interest, dividends and other gains", when = "investment_income_yearly > 0",
      verified = false },
    document { "Attestation of immediate need", when = "immediate_need_home_care",
      cite = "18 NYCRR 505.14(b)(7)-(8)" },
  },

  next_step = first {
    { "Apply at HRA (65 or older, disabled, or in need of home care).",
      when = AGED .. " or disabled or immediate_need_home_care", verified = false },
    { "Apply at NY State of Health.", otherwise = true, verified = false },
  },
  cannot = { "pay rent (not verified)" },
  review = { months = 12, cite = "42 CFR 435.916", verified = false },
}
