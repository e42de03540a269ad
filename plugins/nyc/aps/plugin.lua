-- Adult Protective Services. Nine in ten referrals are turned down, so every prong is a criterion of its own:
-- the reasons name the one that fails. Nothing here reads what a person needs for rent or a voucher, and nothing may.
return program {
  id      = "aps",
  name    = "Adult Protective Services",
  agency  = "HRA",
  helps   = "Adults who cannot protect themselves and have no one able and willing to help.",
  cite    = "SSL 473, 473-c; 18 NYCRR 457.1, 457.5, 457.11, 457.15",
  version = "2026.1",
  phone   = "718-557-1399",
  url     = "https://www.nyc.gov/apsrefer",

  worksheet = {
    line { "life_threat",
      [[immediate_danger_now or has(hazards_home, 'gas') or has(hazards_home, 'fire') or has(hazards_home, 'no_food')]],
      text = "A danger to life: gas, fire, no food, or danger right now", cite = "18 NYCRR 457.1(c)(2)" },
    line { "harm_by_another",
      [[financial_exploitation or hits_hurt >= 'rarely' or hits_score > aps_hits_above or easi_q2 == 'yes' or
        easi_q3 == 'yes' or easi_q4 == 'yes' or easi_q5 == 'yes' or eviction_stage == 'marshal_72h']],
      text = "Harm by another person, or a marshal's notice", verified = false },
  },

  eligible = all {
    rule { "is 18 or older", "age >= aps_minimum_age", code = "aps.adult", cite = "SSL 473(1)" },

    any { "has a mental or physical impairment", code = "aps.impairment", cite = "SSL 473(1)(a)",
      rule { "a physical impairment", "impairment_physical ~= 'none'", code = "aps.physical" },
      rule { "a mental impairment", "impairment_mental ~= 'none'", code = "aps.mental" } },

    any { "because of it, cannot do one of these", code = "aps.cannot", cite = "SSL 473(1)(a)",
      rule { "manage their own money and property", "manage_money_alone == 'no' or iadl_money == 'cannot'",
        code = "aps.resources" },
      any { "carry out daily living", code = "aps.daily_living",
        rule { "care for their own body", "count(adls, adl >= 'limited') >= aps_adls_needed", code = "aps.adls",
          verified = false },
        rule { "do the tasks of a household", "count(iadls, iadl >= 'cannot') >= aps_iadls_needed",
          code = "aps.iadls",
          verified = false } },
      any { "protect themselves", code = "aps.protect",
        rule { "from physical or sexual abuse", "hits_hurt >= 'rarely' or easi_q5 == 'yes'",
          code = "aps.physical_abuse",
          verified = false },
        rule { "from emotional abuse", "hits_score > aps_hits_above or easi_q3 == 'yes'",
          code = "aps.emotional_abuse",
          verified = false },
        rule { "from neglect by others", "easi_q2 == 'yes'", code = "aps.neglect", verified = false },
        rule { "from self-neglect", "count(self_neglect_signs) >= 1", code = "aps.self_neglect" },
        rule { "from financial exploitation", "financial_exploitation or easi_q4 == 'yes'",
          code = "aps.exploitation" },
        rule { "from abuse that the worker sees signs of", "easi_q6_observed == 'yes'", code = "aps.observed",
          verified = false },
        rule { "from hazards at home", "count(hazards_home) >= 1", code = "aps.hazards" } } },

    rule { "has no one who is both willing and able to help responsibly", "informal_helper ~= 'adequate'",
      code = "aps.no_helper", cite = "SSL 473(1)(c); access.nyc.gov" },

    all { "lives in the community, in New York City", code = "aps.community",
      rule { "is not in a hospital, a nursing home or another institution",
        "in_foster_or_institution_now == 'none' and living_situation ~= 'institution'", code = "aps.not_institution",
        verified = false },
      rule { "is not in a DHS shelter", "living_situation ~= 'dhs_shelter'", code = "aps.not_shelter",
        verified = false },
      rule { "lives in New York City", "lives_in_nyc", code = "aps.nyc", verified = false } },
  },

  possible = any {
    rule { "Somebody gives some help. APS decides whether it is enough and responsible.", "informal_helper == 'some'",
      code = "aps.some_help", verified = false, cite = "SSL 473(1)(c)" } },

  level = first {
    { "life-threatening", when = "life_threat", act_within = hours(24), urgency = 2,
      cite = "18 NYCRR 457.1(c)(2); nyc.gov Adult Protective Services" },
    { "standard", otherwise = true, act_within = business_days(3), urgency = 3,
      cite = "18 NYCRR 457.1(c)(2); nyc.gov Adult Protective Services" } },

  -- The rank of section 9's ladder inside APS: 3 a threat to life, 2 harm by another or a marshal's notice, 1 the rest.
  score = "life_threat and aps_rank.life_threat or (harm_by_another and aps_rank.by_another or aps_rank.self_neglect)",

  notes = {
    note { "Under 18: APS serves adults. Call ACS. A child in danger: State Central Register, 800-342-3720.",
      when = "age < aps_minimum_age", code = "aps.under_18", cite = "SSL 413" },
    note { "Eviction without an impairment: use Right to Counsel (rtc), Homebase (homebase), One Shot Deal (osd).",
      when = "eviction_stage >= 'notice' and impairment_physical == 'none' and impairment_mental == 'none'",
      code = "aps.eviction_elsewhere", cite = "SSL 473(1)" },
    note { "Somebody gives all the help that is needed: APS cannot act. Help that person instead.",
      when = "informal_helper == 'adequate'", code = "aps.helper_adequate", cite = "SSL 473(1)(c)" },
    note { "Dementia is reported, but no mental impairment is recorded. Check that answer: dementia is one.",
      when = "dementia_dx ~= 'none' and impairment_mental == 'none'", code = "aps.dementia", verified = false },
    note { "In a DHS shelter: its Health Services Office (hso), or home care (hcsp) for care needs, comes first.",
      when = "living_situation == 'dhs_shelter'", code = "aps.shelter", verified = false },
    note { "Harm by another may be a crime: APS reports it to the police or the District Attorney.",
      when = "financial_exploitation or hits_hurt >= 'rarely' or easi_q4 == 'yes' or easi_q5 == 'yes'",
      code = "aps.crime", cite = "18 NYCRR 457.15" },
    note { "If the person does not let APS in, APS can ask a court for an order to gain access.",
      when = "status.aps == 'likely' or status.aps == 'possible'", code = "aps.access_order",
      cite = "18 NYCRR 457.11" },
    note { "A yes in the elder abuse questions 2 to 6: refer to APS.",
      when = [[easi_q2 == 'yes' or easi_q3 == 'yes' or easi_q4 == 'yes' or easi_q5 == 'yes' or
        easi_q6_observed == 'yes']],
      code = "aps.easi", verified = false },
    note { "The mood questions suggest a full screen (PHQ-9 or GAD-7).",
      when = "phq2_score >= aps_mood_from or gad2_score >= aps_mood_from", code = "aps.mood", verified = false },
    note { "An APS case is open already: call its worker. Do not refer again.", when = "has_aps_case",
      code = "aps.open_case" },
    note { "ACS or home care serves this household too. APS is usually the lead: agree who does what.",
      when = "has_acs_case or home_care_hours_week > 0", code = "aps.duplicate",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
    note { "APS decides whether the impairment is the reason. Write down what you saw.",
      when = "status.aps == 'likely' or status.aps == 'possible'", code = "aps.because", cite = "SSL 473(1)" },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Then refer to APS: 718-557-1399.", when = "immediate_danger_now",
      cite = "nyc.gov Adult Protective Services" },
    { "Refer to APS intake: 718-557-1399, 311 or nyc.gov/apsrefer. Anyone may refer, also without a name.",
      otherwise = true, cite = "nyc.gov Adult Protective Services" } },

  cannot = {
    "force services on an adult with capacity",
    "serve anyone under 18",
    "act when a responsible person is willing and able to help",
    "act as an emergency service: call 911",
  },
  review = { months = 1, cite = "18 NYCRR 457.5(b)(2); Case Management Services for DSS/HRA/DHS Clients, 2026" },
}
