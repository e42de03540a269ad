-- SNAP (food stamps) in New York City.
--
-- New York has no net income or resource test for a household within one of its gross income limits. A household with
-- an older or disabled member that is above them can still qualify under the federal rules (net income and resources).
-- A person whose own status does not count may live with others whose status does: then the answer is `possible`.

local GROSS = "7 CFR 273.9(a)(1); 16-ADM-06"
local STATUS = "7 USC 2015(f); Public Law 119-21"
local ABAWD = "7 USC 2015(o); 7 CFR 273.24"

return program {
  id      = "snap",
  name    = "SNAP",
  agency  = "HRA",
  helps   = "Money each month to buy food.",
  cite    = "7 CFR 273; Public Law 119-21; OTDA directives",
  version = "2026.1",
  phone   = "718-557-1399",

  worksheet = {
    line { "tested_income", "max(0, gross_monthly - child_support_paid_monthly)",
      text = "Gross income less child support paid", cite = "ACCESS-NYC-Rules S2R007" },
    line { "older_or_disabled",
      "any_member_60_or_over or any_member_disabled or impairment_physical == 'documented' or " ..
      "impairment_mental == 'documented'",
      text = "Somebody is 60 or older, disabled or blind", cite = "16-ADM-06" },
    line { "status_counts",
      "immigration_status == 'citizen' or immigration_status == 'lpr' or immigration_status == 'cuban_haitian' or " ..
      "(as_of < snap_status_narrowing and " ..
      "(immigration_status == 'refugee_asylee' or immigration_status == 'other_qualified'))",
      text = "The person's immigration status is one that SNAP counts on this day", cite = STATUS },

    -- The benefit, step by step.
    line { "standard_deduction", "snap_standard_deduction[household_size]",
      text = "Standard deduction", cite = "7 CFR 273.9(d)(1)" },
    line { "earned_deduction", "earned_monthly * snap_earned_share",
      text = "Earned income deduction", cite = "7 CFR 273.9(d)(2)" },
    line { "medical_deduction",
      "older_or_disabled and max(0, medical_expense_monthly - snap_medical_floor) or dollars(0)",
      text = "Medical costs of older or disabled people above 35 dollars", cite = "7 CFR 273.9(d)(3)" },
    line { "care_deduction", "dependent_care_cost_monthly", text = "Dependent care", cite = "7 CFR 273.9(d)(4)" },
    line { "adjusted_income",
      "max(0, tested_income - standard_deduction - earned_deduction - medical_deduction - care_deduction)",
      text = "Income after these deductions", cite = "7 CFR 273.10(e)(1)" },
    line { "utility_allowance",
      "homeless_now and dollars(0) or (heat_paid_separately and snap_utility_allowance.heat or " ..
      "(living_situation == 'own' and snap_utility_allowance.other or " ..
      "((living_situation == 'hotel' or living_situation == 'institution') and snap_utility_allowance.phone or " ..
      "(utilities_in_rent and snap_utility_allowance.phone or snap_utility_allowance.other))))",
      text = "Utility allowance in New York City", cite = "7 CFR 273.9(d)(6)(iii)" },
    line { "shelter_costs", "rent_monthly + utility_allowance",
      text = "Rent and utilities", cite = "7 CFR 273.9(d)(6)" },
    line { "excess_shelter", "max(0, shelter_costs - adjusted_income * snap_shelter_share)",
      text = "Shelter costs above half of that income", cite = "7 CFR 273.9(d)(6)(ii)" },
    line { "shelter_deduction",
      "homeless_now and snap_homeless_deduction or " ..
      "(older_or_disabled and excess_shelter or min(excess_shelter, snap_shelter_cap))",
      text = "Shelter deduction (homeless deduction; no cap with an older or disabled member)",
      cite = "7 CFR 273.9(d)(6)" },
    line { "net_income", "max(0, adjusted_income - shelter_deduction)",
      text = "Net income", cite = "7 CFR 273.10(e)(1)" },
    line { "food_share", "ceil(net_income * snap_food_share)",
      text = "30 % of net income, rounded up to a dollar", cite = "7 CFR 273.10(e)(2)(ii)" },
    line { "minimum_benefit",
      "household_size <= snap_minimum_size and round(snap_max_allotment[1] * snap_minimum_share) or dollars(0)",
      text = "Minimum benefit of one or two people", cite = "7 CFR 273.10(e)(2)(ii)(C)" },
    line { "benefit", "max(minimum_benefit, snap_max_allotment[household_size] - food_share)",
      text = "Maximum allotment less that share", cite = "7 CFR 273.10(e)(2)(ii)" },

    -- Work rules (they do not decide the screen; the notes say what applies).
    line { "abawd_age", "age >= snap_abawd_from_age and age < snap_abawd_until_age",
      text = "Of the age of the time limit", cite = ABAWD },
    line { "abawd_child", "any(household_roster, member.age < snap_abawd_child_age)",
      text = "A child young enough lives in the home", cite = ABAWD },
    line { "abawd_exempt",
      "pregnant_any or impairment_physical == 'documented' or impairment_mental == 'documented' or legally_blind or " ..
      "work_barrier == 'medical' or work_barrier == 'psych' or " ..
      "caring_for_infant_or_incapacitated == 'incapacitated_adult'",
      text = "Pregnant, unfit for work, or caring for someone who cannot be alone", cite = ABAWD },
    line { "abawd", "abawd_age and not abawd_child and not abawd_exempt",
      text = "Adult without dependants under the time limit", cite = ABAWD },
  },

  eligible = all {
    any { "income is within a SNAP limit", cite = GROSS,
      rule { "everybody in the home gets SSI or Cash Assistance",
        "has_ssi_all_members and (answered(has_ssi_all_members) or ssi_monthly > 0 or cash_assistance_monthly > 0)",
        cite = "7 CFR 273.2(j)(2); ACCESS-NYC-Rules S2R007", code = "snap.categorical" },
      rule { "lives alone and gets SSI or Cash Assistance",
        "household_size == 1 and (ssi_monthly > 0 or cash_assistance_monthly > 0)",
        cite = "7 CFR 273.2(j)(2); ACCESS-NYC-Rules S2R007", code = "snap.categorical_alone" },
      rule { "gross income is at most 130 % of poverty",
        "gross_monthly <= snap_limit_130[household_size] or tested_income <= snap_limit_130[household_size]",
        cite = "7 CFR 273.9(a)(1)", code = "snap.income_130" },
      all { "with earned income the limit is 150 %",
        rule { "somebody has earned income", "wages_monthly > 0 or self_employment_monthly > 0", cite = "16-ADM-06", code = "snap.earned" },
        rule { "gross income is at most 150 % of poverty",
          "gross_monthly <= snap_limit_150[household_size] or tested_income <= snap_limit_150[household_size]",
          cite = "16-ADM-06", code = "snap.income_150" } },
      all { "with an older, disabled or blind member, or paid care, the limit is 200 %",
        any { "one of these",
          rule { "somebody is 60 or older, disabled or blind", "older_or_disabled",
            cite = "16-ADM-06", code = "snap.older_or_disabled" },
          rule { "the household pays for child care or dependent care", "dependent_care_cost_monthly > 0",
            cite = "16-ADM-06", code = "snap.care" } },
        rule { "gross income is at most 200 % of poverty",
          "gross_monthly <= snap_limit_200[household_size] or tested_income <= snap_limit_200[household_size]",
          cite = "16-ADM-06", code = "snap.income_200" } },
      all { "above 200 % with an older or disabled member, the federal rules hold",
        rule { "somebody is 60 or older, disabled or blind", "older_or_disabled",
          cite = "7 CFR 273.9(a)", code = "snap.federal_member" },
        rule { "net income is at most 100 % of poverty", "net_income <= snap_net_limit[household_size]",
          cite = "7 CFR 273.9(a)(2)", code = "snap.net_income" },
        rule { "resources are within the federal limit", "liquid_assets <= snap_resource_limit.older_or_disabled",
          cite = "7 CFR 273.8(b)", code = "snap.resources" } } },
    any { "somebody in the home has a status that SNAP counts", cite = STATUS,
      rule { "the person's own immigration status counts", "status_counts", cite = STATUS, code = "snap.status" },
      rule { "others live in the home, who may count", "household_size > 1",
        cite = "7 CFR 273.4(c)", verified = false, code = "snap.status_others" } },
  },

  possible = any {
    rule { "Green card: HRA decides whether the five-year wait applies.", "immigration_status == 'lpr'",
      cite = "8 USC 1612, 1613", code = "snap.five_years" },
    rule { "The person's own status does not count; HRA looks at the other members one by one.", "not status_counts",
      cite = "7 CFR 273.4(c)", verified = false, code = "snap.others_only" },
  },

  level = first {
    { "expedited",
      when = "(gross_monthly < snap_expedited_income and liquid_assets <= snap_expedited_liquid) or " ..
             "gross_monthly + liquid_assets < shelter_costs",
      act_within = days(7), urgency = 4, cite = "7 CFR 273.2(i)", verified = false },
    { "ordinary", otherwise = true, act_within = days(30), urgency = 6, cite = "7 CFR 273.2(g)", verified = false },
  },

  amount = amount { "benefit", per = "month", text = "Estimated SNAP benefit" },

  notes = {
    note { "Already has SNAP: read this as a check before the next recertification.", when = "has_snap",
      code = "snap.has" },
    note { "Looks eligible for Cash Assistance: if it is granted to everybody in the home, SNAP follows without an " ..
           "income test.",
      when = "status.ca == 'likely' and cash_assistance_monthly == 0", cite = "7 CFR 273.2(j)(2)",
      code = "snap.ca_categorical" },
    note { "Refugees, asylees and some other statuses no longer count as such since 4 July 2025; a green card does.",
      when = "as_of >= snap_status_narrowing and " ..
             "(immigration_status == 'refugee_asylee' or immigration_status == 'other_qualified')",
      cite = STATUS, code = "snap.status_narrowed" },

    note { "Under the time limit for adults without dependants: 20 hours of work a week (80 a month).",
      when = "abawd and as_of > snap_abawd_waiver_end", cite = ABAWD, code = "snap.abawd" },
    note { "Works enough hours for the time limit.",
      when = "abawd and as_of > snap_abawd_waiver_end and hours_week_each_adult >= snap_abawd_hours",
      cite = "7 CFR 273.24(a)(1)(i)", code = "snap.abawd_hours" },
    note { "The time limit for adults without dependants was waived in 61 of New York's 62 counties until " ..
           "28 February 2026.",
      when = "abawd and as_of <= snap_abawd_waiver_end", cite = "USDA FNS waiver response, 2 October 2024",
      code = "snap.abawd_waived" },
    note { "Not under the time limit for adults without dependants: age.", when = "not abawd_age",
      cite = ABAWD, code = "snap.abawd_not_age" },
    note { "Not under the time limit for adults without dependants: a child lives in the home.",
      when = "abawd_age and abawd_child", cite = ABAWD, code = "snap.abawd_not_child" },
    note { "Not under the time limit for adults without dependants: pregnant, unfit for work, or caring for someone.",
      when = "abawd_age and not abawd_child and abawd_exempt", cite = ABAWD, code = "snap.abawd_not_exempt" },
    note { "Former foster youth were outside the time limit; that exception was repealed in July 2025.",
      when = "foster_care_history == 'aged_out_16_21' and age <= snap_foster_until_age and " ..
             "as_of >= snap_status_narrowing and abawd",
      cite = "Public Law 119-21", verified = false, code = "snap.foster_repealed" },
    note { "The general work rules apply from 16 to 59 below 30 hours a week: register for work unless exempt.",
      when = "age >= snap_work_age.from and age < snap_work_age.until and hours_week_each_adult < snap_work_hours",
      cite = "7 CFR 273.7(b)", code = "snap.general_work" },
    note { "In college from 18 to 49: HRA asks for a student exemption, such as 20 hours of work a week.",
      when = "student_status ~= 'none' and age >= snap_student_age.from and age < snap_student_age.until",
      cite = "7 USC 2015(e)", verified = false, code = "snap.student" },
    note { "In an institution that gives most meals SNAP is usually not paid.",
      when = "in_foster_or_institution_now == 'nursing_home' or in_foster_or_institution_now == 'psych' or " ..
             "in_foster_or_institution_now == 'jail' or in_foster_or_institution_now == 'hospital'",
      cite = "7 CFR 273.1(b)(7)", verified = false, code = "snap.institution" },
    note { "The homeless deduction is for people who have some cost for shelter.", when = "homeless_now",
      cite = "7 CFR 273.9(d)(6)(i)", verified = false, code = "snap.homeless" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
    document { "Proof of income of the last 30 days", verified = false },
    document { "Proof of where you live", verified = false },
    document { "Rent and utility bills", when = "rent_monthly > 0", verified = false },
    document { "Bills for child care or the care of an adult", when = "dependent_care_cost_monthly > 0",
      verified = false },
    document { "Medical bills", when = "medical_expense_monthly > snap_medical_floor", verified = false },
  },

  next_step = "Apply in ACCESS HRA or call 718-557-1399.",
  cannot = { "buy hot or prepared food (not verified)", "be paid in cash (not verified)" },
  review = { months = 6, cite = "7 CFR 273.10(f) (6 to 12 months; 24 to 36 if all are 60 or older, or disabled)",
    verified = false },
}
