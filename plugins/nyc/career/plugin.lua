-- Career Services. Who has to work for Cash Assistance is sent there; PACE and Jobs-Plus also take others. Whoever is on
-- Cash Assistance and exempt from work is not referred: the exemptions are those of Cash Assistance (ca), line by line.

local WORK = "SSL 332; 18 NYCRR 385.2(b)"
local TRACK = "SSL 330-342; 18 NYCRR 385"
local HEARING = "City Council hearing, 10 Sep 2024"
local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"

return program {
  id      = "career",
  name    = "Career Services",
  agency  = "HRA",
  helps   = "People who look for work or training: a work program, alone or as part of Cash Assistance.",
  cite    = TRACK,
  version = "2026.1",

  worksheet = {
    line { "pace_limit", "poverty_line[household_size] * career_pace_ratio",
      text = "Yearly income limit of PACE: three times the poverty line", cite = HEARING },
    line { "jobs_plus_limit", "poverty_line[household_size] * career_jobs_plus_ratio",
      text = "Yearly income that counts as low for Jobs-Plus", verified = false },

    -- Who need not work (any one of these), as in Cash Assistance.
    line { "exempt_age",
      "age >= ca_exempt_from_age or age < ca_exempt_under_age or " ..
      "(age < ca_exempt_student_under_age and student_status == 'full_time')",
      text = "Exempt from work by age or school", cite = WORK },
    line { "exempt_pregnancy", "pregnant_any and pregnancy_due_date - as_of <= ca_exempt_before_birth",
      text = "Exempt from work: the due date is at most 30 days away", cite = WORK },
    line { "exempt_illness", "work_barrier == 'medical' and unable_work_months <= ca_exempt_illness_months",
      text = "Exempt from work: ill or injured for up to 3 months", cite = WORK },
    line { "exempt_disability",
      "impairment_physical == 'documented' or impairment_mental == 'documented' or legally_blind",
      text = "Exempt from work: disabled or incapacitated", cite = WORK },
    line { "exempt_caring", "caring_for_infant_or_incapacitated == 'incapacitated_adult'",
      text = "Exempt from work: needed at home for an impaired member", cite = WORK },
    line { "one_parent",
      "not any(household_roster, member.relation == 'spouse' or member.relation == 'domestic_partner' or " ..
      "member.relation == 'boyfriend_girlfriend')",
      text = "No other parent in the home", cite = WORK },
    line { "exempt_infant",
      "one_parent and (caring_for_infant_or_incapacitated == 'child_lt1' or any(household_roster, " ..
      "(member.relation == 'child' or member.relation == 'step_child') and member.age < ca_exempt_child_age))",
      text = "Exempt from work: one parent, caring for a child younger than 12 months", cite = "SSL 332(1)(d)" },
    line { "work_exempt",
      "exempt_age or exempt_pregnancy or exempt_illness or exempt_disability or exempt_caring or exempt_infant",
      text = "Exempt from work", cite = WORK },
  },

  -- No text of its own: the reasons of an `unlikely` are then all three doors.
  eligible = any { cite = TRACK,
    all { "on Cash Assistance, and has to work", code = "career.track", cite = TRACK,
      rule { "gets Cash Assistance", "cash_assistance_monthly > 0", code = "career.on_ca" },
      rule { "is not exempt from work", "not work_exempt", code = "career.not_exempt", cite = WORK } },
    all { "PACE, without Cash Assistance", code = "career.pace", cite = HEARING,
      rule { "does not get Cash Assistance", "cash_assistance_monthly == 0", code = "career.pace_off_ca" },
      rule { "is 18 or older", "age >= career_pace_age", code = "career.pace_age" },
      rule { "household income is at most three times the poverty line", "gross_yearly <= pace_limit",
        code = "career.pace_income" } },
    all { "Jobs-Plus, without Cash Assistance", code = "career.jobs_plus", cite = HEARING,
      rule { "does not get Cash Assistance", "cash_assistance_monthly == 0", code = "career.jobs_plus_off_ca" },
      rule { "lives in public housing (NYCHA)", "rental_type == 'nycha'", code = "career.nycha" },
      rule { "has a low income", "gross_yearly <= jobs_plus_limit", code = "career.jobs_plus_income",
        verified = false } } },

  level = first { { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Exempt from work: do not refer to Career Services. Who wants to work all the same may ask for it.",
      when = "cash_assistance_monthly > 0 and work_exempt", code = "career.exempt", cite = WORK },
    note { "From 18 to 24 years the track is YouthPathways.",
      when = "status.career ~= 'unlikely' and cash_assistance_monthly > 0 and age >= ca_youth_track.from and " ..
             "age <= ca_youth_track.to",
      code = "career.youthpathways", cite = "311 KA-02941" },
    note { "From 25 years the track is CareerCompass or CareerAdvance.",
      when = "status.career ~= 'unlikely' and cash_assistance_monthly > 0 and age > ca_youth_track.to",
      code = "career.compass", verified = false },
    note { "A medical, psychological or substance barrier to work: the Benefits Access Center may refer to WeCARE (wecare) " ..
        "instead.",
      when = "status.career ~= 'unlikely' and cash_assistance_monthly > 0 and (work_barrier == 'medical' or " ..
             "work_barrier == 'psych' or work_barrier == 'substance')",
      code = "career.wecare", cite = "18 NYCRR 385.2(d); SSL 332-b" },
    note { "Not on Cash Assistance: PACE is open all the same. Look at Cash Assistance too (ca).",
      when = "status.career ~= 'unlikely' and cash_assistance_monthly == 0", code = "career.pace_open", cite = HEARING },
    note { "Need not work, for age, health or care at home: only when the person wants to.",
      when = "status.career ~= 'unlikely' and cash_assistance_monthly == 0 and work_exempt", code = "career.by_choice",
      cite = WORK },
    note { "Near public housing Jobs-Plus also takes people who do not live in it.",
      when = "cash_assistance_monthly == 0 and rental_type ~= 'nycha'", code = "career.near_nycha", cite = HEARING },
    note { "Career Services also has PINCC and CUNY EDGE. Whom they take was not found: ask.",
      when = "status.career ~= 'unlikely'", code = "career.others", cite = REPORT },
    note { "Works now: the program can help to find more hours or better pay.",
      when = "status.career ~= 'unlikely' and employment_status == 'employed'", code = "career.works_now",
      verified = false },
    note { "No high school diploma: ask for classes (GED) as part of the plan.",
      when = "status.career ~= 'unlikely' and education_level == 'lt_hs'", code = "career.classes", verified = false },
    note { "In a DHS shelter: more than one in four shelter cases also had a Career Services assignment (27.2%, January to " ..
        "June 2025). The two workers should agree who does what.",
      when = "status.career ~= 'unlikely' and living_situation == 'dhs_shelter'", code = "career.duplicate",
      cite = REPORT },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Ask at the Benefits Access Center which work program is assigned.", when = "cash_assistance_monthly > 0",
      verified = false },
    { "Ask 311 for PACE, or for Jobs-Plus near public housing.", otherwise = true, verified = false } },

  cannot = { "help with needs other than work and training" },
}
