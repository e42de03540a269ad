-- Shelter for adult families (AFIC): adults who belong together, without a child under 21.
--
-- A pregnancy sends the household to PATH (fwc). It counts only when it is answered: no adult couple should wait for a
-- question that is none of theirs.

local DHS = "nyc.gov, DHS adult families"
local IN_SHELTER = "(living_situation == 'dhs_shelter' or living_situation == 'hra_dv_shelter' or " ..
  "living_situation == 'safe_haven')"

return program {
  id      = "af",
  name    = "Shelter for adult families (AFIC)",
  agency  = "DHS",
  helps   = "Couples and other adults who belong together, without a child under 21, who have no safe place to stay.",
  cite    = DHS,
  version = "2026.1",

  worksheet = {
    line { "child_under_21",
      [[any(household_roster, (member.relation == 'child' or member.relation == 'step_child' or
          member.relation == 'foster_child' or member.relation == 'grandchild') and member.age < shelter_child_age) or
        any(household_roster, member.age < adult_age and (member.relation == 'sibling' or
          member.relation == 'step_sibling' or member.relation == 'other_relative') and member.on_application) or
        age < shelter_child_age and any(household_roster, member.relation == 'parent' or
          member.relation == 'step_parent' or member.relation == 'foster_parent' or member.relation == 'grandparent')]],
      text = "A child under 21 is in the family", cite = DHS },
    line { "pregnancy_told", "answered(pregnant_any) and pregnant_any", text = "Somebody is pregnant", cite = DHS },
    line { "couple",
      [[(marital_status == 'married' or marital_status == 'domestic_partner') and
        any(household_roster, member.relation == 'spouse' or member.relation == 'domestic_partner')]],
      text = "A couple who are married or registered partners", cite = DHS },
    line { "looks_for_a_place", "homeless_now or not other_place_tonight or overcrowded_or_unsafe",
      text = "Looks for a place to stay", verified = false },
    line { "no_place_tonight", "living_situation == 'street' or not other_place_tonight and not " .. IN_SHELTER,
      text = "Nowhere to stay tonight", verified = false },
  },

  eligible = all {
    rule { "has no child under 21, and nobody is pregnant", "not child_under_21 and not pregnancy_told", code = "af.no_child",
      cite = DHS },
    rule { "another adult comes along", "any(household_roster, member.age >= adult_age)", code = "af.two_adults", cite = DHS },
    any { "can show that they are a family", code = "af.proof", cite = DHS,
      rule { "a marriage certificate", "family_proof_basis == 'marriage'", code = "af.marriage" },
      rule { "a domestic partner certificate", "family_proof_basis == 'domestic_partner'", code = "af.partners" },
      rule { "proof that one depends on the other for health reasons", "family_proof_basis == 'medical_dependence'",
        code = "af.medical" },
      rule { "relatives or caretakers who lived together for at least 180 days in the past year",
        "family_proof_basis == 'relative_180d'", code = "af.relatives" },
      rule { "a couple whose certificate is still to be had", "couple", code = "af.couple", verified = false } },
    any { "has no other safe place to stay", code = "af.no_place", cite = DHS,
      rule { "there is no other place tonight", "not other_place_tonight", code = "af.no_other_place" },
      rule { "the other place is too crowded, or not safe", "overcrowded_or_unsafe", code = "af.unsafe_place" } },
  },

  possible = any {
    rule { "The marriage or partner certificate must be shown. The City Clerk gives copies.", "family_proof_basis == 'none'",
      code = "af.certificate", cite = DHS },
    rule { "There is another place. DHS looks into whether it is too crowded or not safe.", "other_place_tonight",
      code = "af.other_place", cite = DHS },
    rule { "They might go back to a place of the past year. DHS looks into it.",
      "answered(addresses_24mo) and any(addresses_24mo, address.can_return ~= 'no')", code = "af.can_return", cite = DHS },
  },

  level = first {
    { "homeless tonight", when = "no_place_tonight", act_within = days(0), urgency = 1, verified = false },
    { "decision on a conditional place", otherwise = true, act_within = days(10), urgency = 5, cite = DHS } },

  notes = {
    note { "They get a place for about 10 days while DHS decides.", when = "status.af ~= 'unlikely'", code = "af.conditional",
      cite = DHS },
    note { "DHS wants proof of where they lived in the past year: write down each place.",
      when = "status.af ~= 'unlikely'", code = "af.past_year", cite = DHS },
    note { "A child under 21 or a pregnancy: PATH (fwc), not adult family intake.",
      when = "looks_for_a_place and (child_under_21 or pregnancy_told)",
      code = "af.go_to_path", cite = "DHS-PB-2023-006" },
    note { "Nobody else to come along: single adult intake (sa).",
      when = "looks_for_a_place and count(household_roster) == 0",
      code = "af.go_to_sa", cite = DHS },
    note { "None of these proofs: each adult goes to single adult intake alone (sa).",
      when = [[any(household_roster, member.age >= adult_age) and family_proof_basis == 'none' and not couple and
        looks_for_a_place]], code = "af.each_alone", cite = DHS },
    note { "Who would rather go alone may go to single adult intake (sa).", when = "status.af ~= 'unlikely'",
      code = "af.may_go_alone", verified = false },
    note { "In a DHS shelter now: talk to its caseworker first.", when = "living_situation == 'dhs_shelter'",
      code = "af.in_shelter", verified = false },
    note { "May soon lose the home, and has a place tonight: Homebase (homebase) comes first.",
      when = "other_place_tonight and not homeless_now and eviction_stage >= 'asked_to_leave'",
      code = "af.homebase", verified = false },
    note { "A veteran in the household: CityFHEPS (cityfheps) has a way out of shelter for veterans.", when = "veteran_any",
      code = "af.veteran", cite = "68 RCNY ch. 10; DSS-7n (2021, amended 16 Nov 2023)" },
  },

  documents = {
    "Photo ID",
    "Proof of where you lived in the past year",
    document { "Marriage certificate", when = "family_proof_basis == 'marriage' or couple and marital_status == 'married'" },
    document { "Domestic partner certificate",
      when = "family_proof_basis == 'domestic_partner' or couple and marital_status == 'domestic_partner'" },
    document { "Proof of medical dependence", when = "family_proof_basis == 'medical_dependence'" },
    document { "Proof of living together for 180 days", when = "family_proof_basis == 'relative_180d'" },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Talk to the shelter's caseworker.", when = "living_situation == 'dhs_shelter'", verified = false },
    { "Go together to adult family intake (AFIC), 400-430 East 30th Street, Manhattan. It is open day and night.",
      otherwise = true, cite = DHS } },

  cannot = { "place adults together who cannot show that they are a family" },
}
