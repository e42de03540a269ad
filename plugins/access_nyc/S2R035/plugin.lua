local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R035.drl"
-- Family for the first way; for the second one the City leaves out grandchildren.
local FAMILY = "member.relation == 'spouse' or member.relation == 'child' or member.relation == 'foster_child' or " ..
  "member.relation == 'parent' or member.relation == 'grandparent' or member.relation == 'foster_parent' or " ..
  "member.relation == 'sibling' or member.relation == 'domestic_partner' or member.relation == 'step_child' or " ..
  "member.relation == 'step_parent' or member.relation == 'step_sibling'"

return program {
  id      = "S2R035",
  name    = "Public Housing",
  agency  = "NYCHA",
  helps   = "An apartment with a rent that follows the income.",
  cite    = "24 CFR 960; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R035.nyc" },
    any {
      all { "as a family",
        rule { "the client is 18 or older", "age >= S2R035_age.from", code = "S2R035.head" },
        rule { "no spouse or domestic partner is under 18",
          "not any(household_roster, (member.relation == 'spouse' or member.relation == 'domestic_partner') " ..
          "and member.age < S2R035_age.from)",
          code = "S2R035.partner" },
        rule { "a member of the family lives in the home",
          "any(household_roster, " .. FAMILY ..
          " or member.relation == 'grandchild')",
          code = "S2R035.family" },
        rule { "the household's yearly income is within the limit for its size",
          "household_size >= city_sizes.family and household_size <= city_sizes.largest and " ..
          "income_household_total_yearly <= S2R035_income_limit[household_size]",
          code = "S2R035.income" } },
      all { "as one person",
        rule { "everybody in the home is an adult", "household_all_adults", code = "S2R035.adults" },
        rule { "nobody of the family lives in the home",
          "not any(household_roster, " .. FAMILY ..
          ")",
          code = "S2R035.no_family" },
        rule { "one person's yearly income is within the limit for one",
          "sum(incomes, income.yearly) <= S2R035_person_limit or any(household_roster, sum(member.incomes, " ..
          "income.yearly) <= S2R035_person_limit)",
          code = "S2R035.person" } } } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R035.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply to NYCHA online.", otherwise = true, verified = false } },
  cannot = { "skip the waiting list (not verified)" },
}
