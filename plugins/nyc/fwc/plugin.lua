-- Shelter for families with children (PATH). Who must leave home in fear says so by having no other safe place; nothing here
-- says why a place is not safe.

local RULES = "18 NYCRR 352.35, 352.8; DHS-PB-2023-006"
local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"
local IN_SHELTER = "(living_situation == 'dhs_shelter' or living_situation == 'hra_dv_shelter' or " ..
  "living_situation == 'safe_haven')"

return program {
  id      = "fwc",
  name    = "Shelter for families with children (PATH)",
  agency  = "DHS",
  helps   = "Families with a child under 21, or with somebody who is pregnant, who have no safe place to stay.",
  cite    = RULES,
  version = "2026.1",

  worksheet = {
    line { "child_under_21",
      [[any(household_roster, (member.relation == 'child' or member.relation == 'step_child' or
          member.relation == 'foster_child' or member.relation == 'grandchild') and member.age < shelter_child_age) or
        any(household_roster, member.age < adult_age and (member.relation == 'sibling' or
          member.relation == 'step_sibling' or member.relation == 'other_relative') and member.on_application) or
        age < shelter_child_age and any(household_roster, member.relation == 'parent' or
          member.relation == 'step_parent' or member.relation == 'foster_parent' or member.relation == 'grandparent')]],
      text = "A child under 21 is in the family", cite = RULES },
    line { "looks_for_a_place", "homeless_now or not other_place_tonight or overcrowded_or_unsafe",
      text = "Looks for a place to stay", verified = false },
    line { "no_place_tonight", "living_situation == 'street' or not other_place_tonight and not " .. IN_SHELTER,
      text = "Nowhere to stay tonight", cite = RULES },
  },

  eligible = all {
    any { "is a family with children", code = "fwc.family", cite = RULES,
      rule { "has a child under 21", "child_under_21", code = "fwc.child" },
      rule { "somebody is pregnant", "pregnant_any", code = "fwc.pregnant" } },
    any { "has no other safe place to stay", code = "fwc.no_place", cite = RULES,
      rule { "there is no other place tonight", "not other_place_tonight", code = "fwc.no_other_place" },
      rule { "the other place is too crowded, or not safe", "overcrowded_or_unsafe", code = "fwc.unsafe_place" } },
  },

  possible = any {
    rule { "There is another place. DHS looks into whether it is too crowded or not safe.", "other_place_tonight",
      code = "fwc.other_place", cite = RULES },
    rule { "The family might go back to a place of the last two years. DHS looks into it.",
      "answered(addresses_24mo) and any(addresses_24mo, address.can_return ~= 'no')", code = "fwc.can_return",
      cite = RULES },
  },

  level = first {
    { "homeless tonight", when = "no_place_tonight", act_within = days(0), urgency = 1, cite = RULES },
    { "decision on a conditional place", otherwise = true, act_within = days(10), urgency = 5, cite = RULES } },

  notes = {
    note { "DHS looks into every place of the last two years. Write each one down, with the dates and who can tell.",
      when = "status.fwc ~= 'unlikely'", code = "fwc.two_years", cite = RULES },
    note { "The family gets a place for up to 10 days while DHS decides, longer when DHS mediates. After a no the family " ..
        "can apply again at any time.", when = "status.fwc ~= 'unlikely'", code = "fwc.conditional", cite = RULES },
    note { "DHS asks how people get along there, how crowded it is, who holds the lease and how long the family stayed.",
      when = "other_place_tonight and status.fwc ~= 'unlikely'", code = "fwc.tests", cite = RULES },
    note { "The family must work with DHS and apply for Cash Assistance (ca).", when = "status.fwc ~= 'unlikely'",
      code = "fwc.cooperate", cite = "wnylc.com, DHS-PB-2023-006" },
    note { "At PATH everybody is asked alone, by HRA's own workers, whether it is safe to go back.",
      when = "status.fwc ~= 'unlikely'", code = "fwc.asked_alone", cite = "nyc.gov, DHS families with children" },
    note { "An ACS team meets the family within 72 hours after it gets a place.",
      when = "status.fwc ~= 'unlikely' and child_under_21", code = "fwc.acs_conference", cite = REPORT },
    note { "ACS or APS serves this household already: tell its worker, and agree who leads. APS is usually the lead.",
      when = "has_acs_case or has_aps_case", code = "fwc.duplicate", cite = REPORT },
    note { "All children are 21 or older: adult family intake (af).",
      when = [[looks_for_a_place and not child_under_21 and not pregnant_any and
        any(household_roster, (member.relation == 'child' or member.relation == 'step_child') and
          member.age >= shelter_child_age)]],
      code = "fwc.go_to_af", cite = "nyc.gov, DHS adult families" },
    note { "In a DHS shelter now: talk to its caseworker before you go to PATH.", when = "living_situation == 'dhs_shelter'",
      code = "fwc.in_shelter", verified = false },
    note { "May soon lose the home, and has a place tonight: Homebase (homebase) comes first.",
      when = "other_place_tonight and not homeless_now and eviction_stage >= 'asked_to_leave'",
      code = "fwc.homebase", verified = false },
    note { "A veteran in the household: CityFHEPS (cityfheps) has a way out of shelter for veterans.", when = "veteran_any",
      code = "fwc.veteran", cite = "68 RCNY ch. 10; DSS-7n (2021, amended 16 Nov 2023)" },
  },

  documents = {
    "Photo ID",
    document { "Birth certificates of the children", when = "child_under_21" },
    document { "Proof of the pregnancy", when = "pregnant_any", verified = false },
    "Social Security cards",
    "Medicaid or Cash Assistance card",
    "Pay stubs",
    document { "Eviction papers", when = "eviction_stage >= 'notice'" },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Talk to the shelter's caseworker.", when = "living_situation == 'dhs_shelter'", verified = false },
    { "Go to PATH, 151 East 151st Street, Bronx. It is open day and night.", otherwise = true, cite = RULES } },

  cannot = { "shelter a family that can safely stay somewhere else" },
}
