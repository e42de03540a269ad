-- Supportive housing: NYC 15/15 and NY/NY III for those who were homeless long, NY/NY I and II for homeless people with a
-- severe mental illness, 15/15 for young adults. One application (HRA 2010e) serves them all; HRA decides which home fits.
-- The score counts contacts with systems, as the City's vulnerability rating does; it puts in order and decides nothing.
local SHNNY = "shnny.org (15/15 and NY/NY agreements)"
local HUD = "24 CFR 578.3"

return program {
  id      = "shous",
  name    = "Supportive housing",
  agency  = "HRA",
  helps   = "Homeless people with a mental illness or a drug or alcohol problem: a home of their own, with help in the house.",
  cite    = "NYC 15/15; NY/NY I, II and III agreements; ESSHI",
  version = "2026.1",

  worksheet = {
    line { "long_homeless",
      "homeless_months_48mo >= shous_chronic_months or homeless_times_36mo >= shous_chronic_times",
      text = "Homeless for 12 months, or 4 times in 3 years", cite = HUD, verified = false },
    line { "substance_use", "sud_treatment_now or overdose_12mo",
      text = "A drug or alcohol problem: in treatment, or an overdose in the past year", cite = SHNNY, verified = false },
    line { "young", "age >= shous_young_age.from and age <= shous_young_age.to", text = "A young adult, 18 to 25", cite = SHNNY },
    line { "system_contacts",
      [[(shelter_nights_365 > 0 and shous_contact.shelter or 0) + (street_months_24mo > 0 and shous_contact.street or 0) +
        (psych_admissions_12mo > 0 and shous_contact.hospital or 0) + (crisis_use_12mo > 0 and shous_contact.crisis or 0) +
        (substance_use and shous_contact.substance or 0) +
        (reintegrating_from_institution and shous_contact.institution or 0)]],
      text = "Kinds of contact with shelters, outreach, hospitals, treatment and institutions",
      cite = "City Limits, 5 July 2018 (CAPS)", verified = false },
  },

  eligible = any {
    all { code = "shous.adult", cite = SHNNY, -- a single adult, an adult family, a family with an adult at its head
      rule { "is 18 or older", "age >= adult_age", code = "shous.age" },
      rule { "is homeless now, or was before a stay in an institution", "homeless_now or living_situation == 'institution'",
        code = "shous.homeless" },
      any { "long without a home and a mental illness or drug problem, or a serious mental illness", code = "shous.agreement",
        all { "NYC 15/15", code = "shous.fifteen", cite = SHNNY,
          any { "a mental illness, a drug or alcohol problem, or both", code = "shous.condition",
            rule { "a serious mental illness", "smi_dx ~= 'none'", code = "shous.smi" },
            rule { "a drug or alcohol problem", "substance_use", code = "shous.sud", verified = false } },
          any { "homeless for long (chronically)", code = "shous.chronic", cite = HUD,
            rule { "12 months in all", "homeless_months_48mo >= shous_chronic_months", code = "shous.months",
              verified = false },
            rule { "4 times in 3 years", "homeless_times_36mo >= shous_chronic_times", code = "shous.times",
              verified = false } } },
        all { "NY/NY III", code = "shous.nyny3", cite = SHNNY,
          rule { "a serious mental illness", "smi_dx ~= 'none'", code = "shous.nyny3_smi" },
          any { "homeless 1 of the past 2 years, or 2 of the past 4", code = "shous.nyny3_time",
            rule { "1 of the past 2 years outside", "street_months_24mo >= shous_nyny3_months.of_2_years", code = "shous.one_of_two" },
            rule { "1 year in shelter", "shelter_nights_365 >= shous_nyny3_nights", code = "shous.year_in_shelter" },
            rule { "1 of the past 2 years, outside and in shelter together",
              "street_months_24mo + shelter_nights_365 / shous_days_per_month >= shous_nyny3_months.of_2_years",
              code = "shous.together", verified = false },
            rule { "2 of the past 4 years", "homeless_months_48mo >= shous_nyny3_months.of_4_years",
              code = "shous.two_of_four" } } },
        all { "NY/NY I or II", code = "shous.nyny12", cite = SHNNY,
          rule { "a severe and persistent mental illness", "smi_dx ~= 'none'", code = "shous.nyny12_smi",
            verified = false } } } },

    all { code = "shous.young", cite = SHNNY, -- NYC 15/15: a young adult, or a family with one at its head
      rule { "is 18 to 25 years old", "young", code = "shous.young_age" },
      any { "is homeless, or may soon be", code = "shous.young_risk",
        rule { "is homeless now", "homeless_now", code = "shous.young_homeless" },
        rule { "stays with others, in a hotel or in an institution",
          "living_situation == 'doubled_up' or living_situation == 'hotel' or living_situation == 'institution'",
          code = "shous.young_at_risk" } },
      any { "was often served by the child welfare or the shelter system", code = "shous.young_use",
        rule { "was in foster care", "foster_care_history == 'aged_out_16_21' or foster_care_history == 'other'",
          code = "shous.foster", verified = false },
        rule { "is in foster care now", "in_foster_or_institution_now == 'foster'", code = "shous.in_foster",
          verified = false },
        rule { "many nights in a shelter", "shelter_nights_365 >= shous_young_nights", code = "shous.shelter_use",
          verified = false } } },
  },

  possible = any {
    all { "The mental illness is reported only: a psychiatric evaluation has to show it.", code = "shous.needs_evaluation",
      cite = SHNNY,
      rule { "the mental illness is not documented yet", "smi_dx == 'reported'", code = "shous.smi_reported" },
      none { "no drug or alcohol problem with a long time homeless counts instead",
        rule { "a drug or alcohol problem, and homeless for long", "substance_use and long_homeless",
          code = "shous.sud_counts" } } },
    rule { "In an institution now: whether the time homeless before it counts depends on how long the stay is.",
      "living_situation == 'institution'", code = "shous.institution", cite = HUD, verified = false },
    all { "A young adult at risk: HRA decides whether the use of services was high.", code = "shous.young_judged",
      cite = SHNNY,
      rule { "is 18 to 25 years old", "young", code = "shous.judged_age" },
      rule { "is not homeless now", "not homeless_now", code = "shous.judged_housed" } } },

  level = first {
    { "high vulnerability (our estimate)", when = "system_contacts >= shous_vulnerability.high", urgency = 7,
      cite = "City Limits, 5 July 2018 (CAPS)", verified = false },
    { "medium vulnerability (our estimate)", when = "system_contacts >= shous_vulnerability.medium", urgency = 7,
      cite = "City Limits, 5 July 2018 (CAPS)", verified = false },
    { "low vulnerability (our estimate)", otherwise = true, urgency = 7, cite = "City Limits, 5 July 2018 (CAPS)",
      verified = false } },

  score = "system_contacts",

  notes = {
    note { "HRA rates vulnerability (low, medium, high) from contacts with hospitals, shelters and jails. It counts people " ..
        "without such contacts too low: write down what is not in the records.",
      when = "status.shous == 'likely' or status.shous == 'possible'", code = "shous.rating", cite = "City Limits, 5 July 2018 (CAPS)" },
    note { "The time homeless is that of HUD's \"chronically homeless\". HUD asks for a disability too.",
      when = "long_homeless", code = "shous.hud", cite = HUD, verified = false },
    note { "Homeless with a mental illness but not for long: the older homes (NY/NY I and II) are open, 15/15 is not yet.",
      when = "homeless_now and smi_dx ~= 'none' and not long_homeless", code = "shous.older_homes", cite = SHNNY },
    note { "A drug or alcohol problem that nobody treats yet counts too. An assessment (sud) can show it.",
      when = "status.shous ~= 'likely' and status.sud == 'likely' and not substance_use", code = "shous.assess_first", verified = false },
    note { "A state program (ESSHI) has homes for more groups: ask the housing specialist.",
      when = "status.shous == 'unlikely' and homeless_now", code = "shous.esshi", verified = false },
    note { "Coming home from a jail, hospital or treatment place: the discharge team can send the application.",
      when = "reintegrating_from_institution or in_foster_or_institution_now == 'psych' or " ..
        "in_foster_or_institution_now == 'hospital' or in_foster_or_institution_now == 'jail'", code = "shous.discharge",
      verified = false },
    note { "Has a home now: supportive housing is for people who are homeless.",
      when = "not homeless_now and status.shous == 'unlikely'", code = "shous.housed", cite = SHNNY },
  },

  documents = {
    document { "Psychosocial assessment", cite = "HRA 2010e", verified = false },
    document { "Psychiatric evaluation", when = "smi_dx ~= 'none'", cite = "HRA 2010e", verified = false },
    document { "Letter that shows the time homeless", cite = "HRA 2010e", verified = false },
    document { "Photo ID", cite = "HRA 2010e", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Ask the shelter's case worker or housing specialist to send the HRA 2010e application.",
      when = "living_situation == 'dhs_shelter' or living_situation == 'safe_haven' or living_situation == 'hra_dv_shelter'",
      cite = "HRA 2010e", verified = false },
    { "Ask the outreach team to send the HRA 2010e application. Call 311 for a team.",
      when = "living_situation == 'street'", cite = "HRA 2010e", verified = false },
    { "Ask a case worker, a hospital or an agency to send the HRA 2010e application. You cannot send it alone.",
      otherwise = true, cite = "HRA 2010e", verified = false } },

  cannot = {
    "promise a home or name a date (not verified)",
    "serve people who have a home of their own",
  },
  review = { months = 6, cite = "HRA 2010e (an approval holds 6 to 12 months)", verified = false },

  items = {
    item { "homeless_times_36mo", "integer", section = "housing", min = 0, max = 50,
      text = "In the past 3 years, how many separate times were you homeless?",
      why = "Some housing is for people who were homeless many times.",
      help = "Count a new time when you had a place of your own for at least a week in between.",
      ask_when = "homeless_now or living_situation == 'institution'", if_not_asked = 0 },
  },
}
