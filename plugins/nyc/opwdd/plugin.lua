-- OPWDD: services for people with a developmental disability. The screen follows the law's four tests: the condition,
-- its beginning before 22, its lasting, and a substantial handicap that a normed test has shown. Only OPWDD decides.
local LAW = "MHL 1.03(22)"
local RULE = "14 NYCRR 629.1, 629.2"
local ZIP = "US Postal Service, ZIP codes"

return program {
  id      = "opwdd",
  name    = "Services for developmental disabilities (OPWDD)",
  agency  = "OPWDD",
  helps   = "People whose developmental disability began before they were 22: help to live, learn and work.",
  cite    = LAW .. "; " .. RULE,
  version = "2026.1",

  worksheet = {
    line { "zip_first", "opwdd_state_zip.first", text = "First ZIP code of the state", cite = ZIP, verified = false },
    line { "zip_last", "opwdd_state_zip.last", text = "Last ZIP code of the state", cite = ZIP, verified = false },
    line { "zip_holtsville", "opwdd_state_zip.holtsville", text = "Holtsville, Long Island", cite = ZIP,
      verified = false },
    line { "zip_irs", "opwdd_state_zip.holtsville_irs", text = "Holtsville, the tax office", cite = ZIP,
      verified = false },
    line { "zip_fishers_island", "opwdd_state_zip.fishers_island", text = "Fishers Island", cite = ZIP,
      verified = false },
  },

  eligible = all {
    any { "lives in New York State", code = "opwdd.resident", cite = RULE,
      rule { "lives in New York City", "lives_in_nyc", code = "opwdd.nyc" },
      rule { "has a ZIP code of New York State", code = "opwdd.state",
        reads = { "residence_zip", "zip_first", "zip_last", "zip_holtsville", "zip_irs", "zip_fishers_island" },
        function(a)
          local zip = tonumber(a.residence_zip)
          return zip >= a.zip_first and zip <= a.zip_last or zip == a.zip_holtsville or zip == a.zip_irs or
                 zip == a.zip_fishers_island
        end } },

    rule { "has a condition that the law names, or one close to it", "dd_condition ~= 'none'", code = "opwdd.condition",
      cite = LAW, verified = false },
    rule { "it began before the age of 22", "dd_onset_age < opwdd_onset_under", code = "opwdd.onset", cite = LAW },
    rule { "it is expected to last for life", "dd_permanent", code = "opwdd.permanent", cite = LAW },

    any { "it is a substantial handicap", code = "opwdd.handicap", cite = LAW .. "; " .. RULE,
      rule { "the whole adaptive test is two standard deviations below the average",
        "has(dd_handicap_areas, 'composite_2sd')", code = "opwdd.composite", verified = false },
      rule { "the test shows that much help is needed in an area of life", "count(dd_handicap_areas) >= opwdd_areas_any",
        code = "opwdd.areas", verified = false },
      rule { "an IQ below 60 is taken as one", "dd_condition == 'intellectual' and iq_score < opwdd_iq_presumed",
        code = "opwdd.iq", verified = false } },
  },

  possible = any {
    rule { "A condition close to those that the law names: OPWDD's clinicians decide whether it counts.",
      "dd_condition == 'other_cns'", code = "opwdd.related", cite = RULE },
    all { "The test shows a need in a few areas only: OPWDD decides whether the handicap is substantial.",
      code = "opwdd.few_areas", verified = false,
      rule { "the whole test is not far below the average", "not has(dd_handicap_areas, 'composite_2sd')",
        code = "opwdd.no_composite" },
      rule { "fewer than three areas", "count(dd_handicap_areas) < opwdd_areas_likely", code = "opwdd.under_three" },
      rule { "no IQ below 60", "dd_condition ~= 'intellectual' or iq_score >= opwdd_iq_presumed",
        code = "opwdd.no_low_iq" } } },

  level = first {
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Only OPWDD decides, in up to three steps of review. A no in the first step is not the end: send more papers.",
      when = "status.opwdd == 'likely' or status.opwdd == 'possible'", code = "opwdd.three_steps", cite = RULE,
      verified = false },
    note { "No adaptive test is known. OPWDD needs one with norms (how you manage daily life): ask for it first.",
      when = "status.opwdd == 'need_info' and dd_condition ~= 'none' and not answered(dd_handicap_areas)",
      code = "opwdd.test_first", cite = RULE },
    note { "An IQ of 60 to 69 needs the adaptive test beside it.",
      when = "dd_condition == 'intellectual' and iq_score >= opwdd_iq_presumed and iq_score < opwdd_iq_below",
      code = "opwdd.iq_60s", verified = false },
    note { "It began at 22 or later: other programs help with a brain injury or illness of an adult.",
      when = "dd_onset_age >= opwdd_onset_under", code = "opwdd.late", cite = LAW },
    note { "Being eligible is not yet the waiver (HCBS): that has a level-of-care test of its own.",
      when = "status.opwdd == 'likely' or status.opwdd == 'possible'", code = "opwdd.waiver", cite = RULE,
      verified = false },
    note { "Help with daily activities is needed: tell the Front Door which, and ask for the waiver.",
      when = "(status.opwdd == 'likely' or status.opwdd == 'possible') and " ..
        "(count(adls, adl >= 'limited') >= 1 or count(iadls, iadl >= 'cannot') >= 1)",
      code = "opwdd.daily_help", verified = false },
    note { "Nobody can give the help: tell the Front Door that it cannot wait.",
      when = "(status.opwdd == 'likely' or status.opwdd == 'possible') and " ..
        "(informal_helper == 'none' or informal_helper == 'unwilling' or informal_helper == 'unable')",
      code = "opwdd.no_helper", verified = false },
    note { "In an institution now: the discharge team can begin with the Front Door.",
      when = "(status.opwdd == 'likely' or status.opwdd == 'possible') and in_foster_or_institution_now ~= 'none'",
      code = "opwdd.institution", verified = false },
    note { "A child in the home has special needs: this result is about the person who was asked. Ask the Front Door for " ..
        "the child too; under 3, Early Intervention.", when = "child_special_needs", code = "opwdd.child", verified = false },
    note { "Home care (hcsp) and OPWDD can use each other's assessment. Do not repeat it.",
      when = "status.opwdd ~= 'unlikely' and home_care_hours_week > 0", code = "opwdd.serves_hcsp",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
    note { "Being eligible usually lasts: it is not renewed each year.", when = "status.opwdd == 'likely'",
      code = "opwdd.lasts", verified = false },
  },

  documents = {
    document { "Psychological test (IQ)", verified = false },
    document { "Adaptive test with norms", cite = RULE },
    document { "Medical report of the condition", verified = false },
    document { "School records from before the age of 22", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Call the OPWDD Front Door of your borough and send the tests and records.", otherwise = true, verified = false } },

  cannot = { "serve anybody without OPWDD's eligibility letter (not verified)" },

  items = {
    item { "iq_score", "integer", section = "health", min = 1, max = 200,
      text = "What was the IQ in the last test?",
      why = "With a very low IQ, OPWDD does not ask for more proof of the handicap.",
      help = "If no test was made, or you do not know, leave it out.",
      ask_when = "dd_condition == 'intellectual'" },
  },
}
