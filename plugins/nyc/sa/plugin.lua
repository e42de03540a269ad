-- Shelter for single adults. There is a right to it: no income test, no papers asked for at the door, no list of addresses.
--
-- A pregnancy sends the person to PATH (fwc). It counts only when it is answered, so that nobody waits for it.

local DHS = "nyc.gov, DHS single adults"
local RIGHT = "Callahan v. Carey; Eldredge v. Koch"

return program {
  id      = "sa",
  name    = "Shelter for single adults",
  agency  = "DHS",
  helps   = "Adults who come alone and have no place of their own to stay.",
  cite    = RIGHT,
  version = "2026.1",

  worksheet = {
    line { "child_under_21",
      [[any(household_roster, (member.relation == 'child' or member.relation == 'step_child' or
          member.relation == 'foster_child' or member.relation == 'grandchild') and member.age < shelter_child_age) or
        any(household_roster, member.age < adult_age and (member.relation == 'sibling' or
          member.relation == 'step_sibling' or member.relation == 'other_relative') and member.on_application) or
        age < shelter_child_age and any(household_roster, member.relation == 'parent' or
          member.relation == 'step_parent' or member.relation == 'foster_parent' or member.relation == 'grandparent')]],
      text = "A child under 21 is in the family", cite = "DHS-PB-2023-006" },
    line { "pregnancy_told", "answered(pregnant_any) and pregnant_any", text = "Somebody is pregnant",
      cite = "DHS-PB-2023-006" },
    line { "looks_for_a_place",
      "homeless_now or living_situation == 'doubled_up' or not other_place_tonight or overcrowded_or_unsafe",
      text = "Looks for a place to stay", verified = false },
    line { "outside_tonight", "living_situation == 'street' or not homeless_now and not other_place_tonight",
      text = "Nowhere to stay tonight", verified = false },
    line { "medical_risk", "impairment_physical ~= 'none'", text = "A medical risk", verified = false },
    line { "psychiatric_risk", "impairment_mental ~= 'none' or smi_dx ~= 'none'", text = "A psychiatric risk",
      verified = false },
    line { "discharge", "living_situation == 'institution' or in_foster_or_institution_now ~= 'none'",
      text = "Comes from a hospital, jail or another institution", verified = false },
    line { "priority",
      [[(medical_risk and sa_points.medical_risk or 0) + (psychiatric_risk and sa_points.psychiatric_risk or 0) +
        (discharge and sa_points.discharge or 0)]],
      text = "Points of the order in which people are seen", verified = false },
  },

  eligible = all {
    rule { "is 18 or older", "age >= sa_minimum_age", code = "sa.adult", cite = DHS },
    rule { "has no child under 21, and is not pregnant", "not child_under_21 and not pregnancy_told", code = "sa.no_child",
      cite = DHS },
    any { "comes alone", code = "sa.alone", cite = DHS,
      rule { "no other adult is in the household", "not any(household_roster, member.age >= adult_age)",
        code = "sa.no_other_adult" },
      rule { "the adults cannot show that they are a family: each one comes alone", "family_proof_basis == 'none'",
        code = "sa.each_alone" } },
    any { "has no place of their own to stay", code = "sa.no_place", cite = RIGHT,
      rule { "is homeless, or stays with others, in a hotel or in an institution",
        [[homeless_now or living_situation == 'doubled_up' or living_situation == 'hotel' or
          living_situation == 'institution']], code = "sa.no_home", verified = false },
      rule { "was asked to leave, or was evicted", "eviction_stage >= 'asked_to_leave'", code = "sa.must_leave",
        verified = false },
      rule { "has no safe place tonight", "not other_place_tonight or overcrowded_or_unsafe",
        code = "sa.no_safe_place", verified = false } },
  },

  possible = any {
    rule { "In a hospital or another institution: it must plan the discharge. A shelter cannot take somebody who needs nursing.",
      "living_situation == 'institution'", code = "sa.from_institution", verified = false },
    rule { "Has a home still, and Homebase (homebase) may keep it. A shelter is for the night without a safe place.",
      "(living_situation == 'own' or living_situation == 'rent_lease' or living_situation == 'sublet') and " ..
      "eviction_stage ~= 'evicted_12mo' and not " ..
      "(answered(other_place_tonight) and (not other_place_tonight or overcrowded_or_unsafe))",
      code = "sa.has_home", verified = false },
  },

  level = first {
    { "homeless tonight", when = "outside_tonight", act_within = days(0), urgency = 1, verified = false },
    { "seen first", when = "priority >= sa_seen_first_from", urgency = 6, verified = false },
    { "routine", otherwise = true, urgency = 7 } },

  score = "priority",

  notes = {
    note { "Everybody who has no place to stay has a right to shelter. IDs help, but nobody needs one.",
      when = "status.sa ~= 'unlikely'", code = "sa.right", cite = RIGHT .. "; " .. DHS },
    note { "Was in a shelter in the past 12 months: go back to that shelter.",
      when = "status.sa ~= 'unlikely' and shelter_nights_365 > 0", code = "sa.same_shelter", cite = DHS },
    note { "In a shelter now: talk to its caseworker.",
      when = "living_situation == 'dhs_shelter' or living_situation == 'safe_haven'", code = "sa.in_shelter",
      verified = false },
    note { "Outside for 9 of the past 24 months or more: outreach (streets) can offer a Safe Haven, with fewer rules.",
      when = "living_situation == 'street' and street_months_24mo >= street_chronic_months", code = "sa.safe_haven",
      verified = false },
    note { "A child under 21 or a pregnancy: PATH (fwc).",
      when = "looks_for_a_place and (child_under_21 or pregnancy_told)",
      code = "sa.go_to_path",
      cite = "DHS-PB-2023-006" },
    note { "Adults who can show that they are a family stay together: adult family intake (af). Who would rather go alone may " ..
        "still come.",
      when = [[looks_for_a_place and any(household_roster, member.age >= adult_age) and family_proof_basis ~= 'none' and
        not child_under_21 and not pregnancy_told]], code = "sa.go_to_af", cite = "nyc.gov, DHS adult families" },
    note { "Under 18: a shelter for young people (DYCD), or ACS. A child in danger: 800-342-3720.",
      when = "looks_for_a_place and age < sa_minimum_age", code = "sa.under_18", verified = false },
    note { "Was asked to leave, or faces eviction: Homebase (homebase) may keep the home.",
      when = "not homeless_now and eviction_stage >= 'asked_to_leave'", code = "sa.homebase", verified = false },
    note { "A veteran: CityFHEPS (cityfheps) has a way out of shelter for veterans.", when = "veteran_any",
      code = "sa.veteran", cite = "68 RCNY ch. 10; DSS-7n (2021, amended 16 Nov 2023)" },
  },

  documents = { document { "Photo ID, if there is one" } },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Talk to the shelter's caseworker.", when = "living_situation == 'dhs_shelter'", verified = false },
    { "Go back to the shelter of the past year, or to intake: men to 30th Street, women to HELP or Franklin.",
      when = "shelter_nights_365 > 0", cite = DHS },
    { "Go to intake: men to 30th Street, women to HELP or Franklin.", otherwise = true, cite = DHS } },

  cannot = { "take somebody who needs nursing care (not verified)" },
}
