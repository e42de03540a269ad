-- What is said about all results together: what to do first (one urgency ladder over all programs), and what the
-- programs' case managers should know of each other. Programs put themselves on the ladder by the urgency of their level;
-- here stand the rungs that belong to no single program. Rungs: 0 now, 1 same day, 2 within 24 hours, 3 within three
-- business days, 4 within 7 days, 5 within 12 days, 6 within 30 days, 7 routine.

local report = "DSS case management report, February 2026"

return overview {
  -- A status of these may be read although the program is not loaded; it is then unknown.
  programs = {
    "hcsp", "aps", "hasa", "wecare", "career", "ca", "homebase", "cityfheps", "osd", "dvs", "fwc", "af", "sa", "streets",
    "hso", "navig", "snap", "med", "heap", "wic", "scrie", "drie", "ff", "eitc", "ccap", "acs", "aging", "hdm", "shous",
    "hh", "opwdd", "act", "imt", "rtc", "sud" },

  worksheet = { -- who works with this person now
    line { "in_aps", "has_aps_case or has(other_case_managers, 'aps')" },
    line { "in_hasa", "has_hasa_case or has(other_case_managers, 'hasa')" },
    line { "in_acs", "has_acs_case or has(other_case_managers, 'acs')" },
    line { "in_hcsp", "has(other_case_managers, 'hcsp')" },
    line { "in_homebase", "has(other_case_managers, 'homebase')" },
    line { "in_wecare", "has(other_case_managers, 'wecare')" },
    line { "in_adult_shelter", "has(other_case_managers, 'sa') or has(other_case_managers, 'af')" },
    line { "in_dhs",
      [[living_situation == 'dhs_shelter' or living_situation == 'safe_haven' or in_adult_shelter or
        has(other_case_managers, 'fwc') or has(other_case_managers, 'streets') or has(other_case_managers, 'hso')]] },
    line { "needs_help_at_home", "count(adls, adl >= 'limited') >= 1 or count(iadls, iadl >= 'some_help') >= 1" },
  },

  first = {
    -- 0: before any more questions
    step { "Somebody is in danger right now.", when = "immediate_danger_now", urgency = 0, ask_first = true,
      say = "Call 911 now, before any more questions.", code = "ladder.danger", verified = false },
    step { "Thoughts of being better off dead, or of self-harm.", when = "phq9_crisis", urgency = 0,
      say = "Stay with the person. Call or text 988 together now; call 911 if there is a plan or something was done.",
      code = "ladder.self_harm", cite = "PHQ-9, question 9", verified = false },
    step { "A child is in danger now.", when = "child_safety_concern == 'active'", urgency = 0, programs = { "acs" },
      say = "Call 911 if it is happening now. Call the Statewide Central Register at once: 800-342-3720.",
      code = "ladder.child", cite = "SSL 413", verified = false },
    step { "An overdose in the past 12 months.", when = "overdose_12mo", urgency = 0, programs = { "sud", "hso" },
      say = "If it is happening now: 911 and naloxone. Else give naloxone today and call 988 together.",
      code = "ladder.overdose", verified = false },

    -- 1: the same day
    step { "Leaving a person who hurts them, or in grave danger from that person.", urgency = 1, act_within = days(0),
      programs = { "dvs" },
      when = any {
        rule { "has left or is leaving", "dv_fled_or_fleeing" },
        rule { "signs of great danger", "count(dv_lethality_flags) > 0" } },
      say = "Call the hotline together today: 800-621-4673. Use the safe phone number only.",
      code = "ladder.fleeing", cite = "18 NYCRR 408" },
    step { "No place to sleep tonight.", urgency = 1, act_within = days(0), programs = { "fwc", "af", "sa", "streets" },
      when = any {
        rule { "is outside", "living_situation == 'street'" },
        rule { "has to leave and has nowhere safe to go",
          "eviction_stage == 'evicted_12mo' and homeless_now and not other_place_tonight" } },
      say = "Go to the intake office for shelter today, or call 311 for an outreach team.",
      code = "ladder.homeless", cite = "18 NYCRR 352.35" },
    step { "A person whom HASA serves has no home.", urgency = 1, act_within = days(0), programs = { "hasa" },
      when = "homeless_now and living_situation ~= 'hra_dv_shelter' and (status.hasa == 'likely' or status.hasa == 'possible')",
      say = "HASA places the same day: call its ServiceLine.", code = "ladder.hasa", cite = "NYC Admin Code 21-128",
      verified = false },
    step { "Heat or power is shut off.", urgency = 1, act_within = days(0), programs = { "heap", "osd" },
      when = any {
        rule { "it is shut off", "heat_emergency == 'shut_off'" },
        rule { "there is no heat in cold weather", "has(hazards_home, 'no_heat')" } },
      say = "Ask for emergency heating help today. Call 311 if a landlord gives no heat.",
      code = "ladder.heat", cite = "18 NYCRR 393", verified = false },
    step { "A marshal's notice came.", when = "eviction_stage == 'marshal_72h'", urgency = 1, act_within = days(0),
      programs = { "rtc", "homebase", "osd" },
      say = "Get a lawyer today: call 311 and say Right to Counsel. Ask Homebase and HRA for emergency rent help today.",
      code = "ladder.marshal", verified = false },

    -- 4: within 7 days
    step { "Home care is needed at once, and Medicaid is not active yet.", urgency = 4, act_within = days(7),
      programs = { "med", "hcsp" },
      when = "immediate_need_home_care and has_medicaid ~= 'active' and (status.med == 'likely' or status.med == 'possible')",
      say = "Ask for immediate-need Medicaid together with the request for home care.",
      code = "ladder.immediate_need", cite = "SSL 366-a(12); 18 NYCRR 505.14(b)(7)-(8)" },
  },

  flags = {
    flag { "More than one program works with this person.", code = "duplication", cite = report,
      programs = { "aps", "hcsp", "hasa", "homebase", "wecare", "acs" },
      when = at_least { 2,
        rule { "APS", "in_aps" },
        rule { "home care", "in_hcsp" },
        rule { "HASA", "in_hasa" },
        rule { "Homebase", "in_homebase" },
        rule { "DHS", "in_dhs" },
        rule { "WeCARE", "in_wecare" },
        rule { "ACS", "in_acs" } },
      say = "Agree on one who leads, and share what was asked." },
    flag { "APS usually leads.", code = "lead.aps", cite = report, programs = { "aps" },
      when = "in_aps and (in_hcsp or in_hasa or in_homebase or in_dhs or in_wecare or in_acs)",
      say = "Ask the APS worker who does what." },
    flag { "HSO works beside the shelter's case manager by design.", code = "lead.hso", cite = report,
      programs = { "hso" }, when = "in_dhs and has(other_case_managers, 'hso')", say = "This is no duplication." },
    flag { "Street outreach stays for 6 to 12 months after a person is placed.", code = "lead.streets", cite = report,
      programs = { "streets" }, when = "has(other_case_managers, 'streets') and living_situation ~= 'street'" },
    flag { "An assessment that was made can be used for home care.", code = "reuse.home_care", cite = report,
      programs = { "hcsp" },
      when = all {
        rule { "home care may fit", "status.hcsp == 'likely' or status.hcsp == 'possible'" },
        any {
          rule { "APS has one", "in_aps" },
          rule { "HASA has one", "in_hasa" },
          rule { "ACS has one", "in_acs" },
          rule { "OPWDD has one", "has(other_case_managers, 'opwdd')" } } },
      say = "Ask the caseworker for it before anybody asks again." },

    -- who else is usually there
    flag { "With APS, expect OPWDD.", code = "expect.aps", cite = report, when = "in_aps" },
    flag { "With Career Services, expect ACS, NYC Aging or DYCD.", code = "expect.career", cite = report,
      when = "has(other_case_managers, 'career')" },
    flag { "With Domestic Violence Services, expect legal help.", code = "expect.dvs", cite = report,
      when = "has(other_case_managers, 'dvs') or living_situation == 'hra_dv_shelter'" },
    flag { "With HASA, expect a hospital's or a legal worker.", code = "expect.hasa", cite = report, when = "in_hasa" },
    flag { "With Homebase, expect ACS, a hospital's or a legal worker.", code = "expect.homebase", cite = report,
      when = "in_homebase" },
    flag { "With home care, expect ACS or OPWDD.", code = "expect.hcsp", cite = report, when = "in_hcsp" },
    flag { "With WeCARE, expect a Medicaid care coordinator, an ACT or IMT team, or drug and alcohol services.",
      code = "expect.wecare", cite = report, when = "in_wecare" },
    flag { "In family shelter, expect ACS, DOHMH or a Medicaid care coordinator.", code = "expect.fwc", cite = report,
      when = "has(other_case_managers, 'fwc') or living_situation == 'dhs_shelter' and children_under_18 > 0" },
    flag { "In adult shelter, expect NYC Aging, DOHMH, Medicaid, mental health, hospital or drug and alcohol workers.",
      code = "expect.adult_shelter", cite = report,
      when = "in_adult_shelter or living_situation == 'dhs_shelter' and children_under_18 == 0" },
    flag { "With street outreach, expect DOHMH, mental health, hospital or drug and alcohol workers.",
      code = "expect.streets", cite = report, when = "has(other_case_managers, 'streets')" },
    flag { "With shelter health services, expect DOHMH, Medicaid, mental health, hospital or drug and alcohol workers.",
      code = "expect.hso", cite = report, when = "has(other_case_managers, 'hso')" },
    flag { "With a benefits navigator, expect NYC Aging or DYCD.", code = "expect.navig", cite = report,
      when = "has(other_case_managers, 'navig')" },

    -- one program's answer that another should know
    flag { "A child under 18 lives in the home: ACS assesses before home care starts.", code = "order.acs_first",
      cite = "nyc.gov, Home Care Services Program", programs = { "hcsp", "acs" },
      when = "children_under_18 > 0 and (status.hcsp == 'likely' or status.hcsp == 'possible')",
      say = "Ask ACS for its assessment first." },
    flag { "A shelter resident needs help with daily life: shelter health services or home care, not APS.",
      code = "instead.shelter", verified = false, programs = { "hso", "hcsp" },
      when = "(living_situation == 'dhs_shelter' or living_situation == 'safe_haven') and needs_help_at_home",
      say = "Ask the shelter's health services." },
    flag { "Needs help at home, but is not likely to get home care from HRA.", code = "instead.home_care",
      cite = "25 OHIP/ADM-03; health.wnylc.com News 85", programs = { "hcsp" },
      when = "status.hcsp == 'unlikely' and needs_help_at_home",
      say = "A certified home health agency (CHHA) for skilled care; PACE, to which the minimum of need does not apply." },
    flag { "Is 60 or older: NYC Aging may give help at home (EISEP).", code = "instead.aging",
      cite = "nyc.gov, service 1834", programs = { "aging" },
      when = "status.hcsp == 'unlikely' and needs_help_at_home and age >= older_adult_age",
      say = "Aging Connect: 212-244-6469." },
    flag { "Has a developmental disability: OPWDD or a waiver may give help at home.", code = "instead.opwdd",
      cite = "health.wnylc.com News 85", programs = { "opwdd" },
      when = "status.hcsp == 'unlikely' and needs_help_at_home and dd_condition ~= 'none'" },
    flag { "May lose the home, and APS is not the door.", code = "instead.eviction", verified = false,
      programs = { "rtc", "homebase", "osd" },
      when = "status.aps == 'unlikely' and " ..
        "(eviction_stage == 'petition' or eviction_stage == 'judgment' or eviction_stage == 'marshal_72h')",
      say = "Right to Counsel, Homebase and a One Shot Deal are for this." },
  },
}
