-- Home-delivered meals: 60 or older, ill or frail, nobody to help, and no way to make a meal. There is no income test.
-- A husband or wife of somebody who gets meals may join at any age; that other person is then the one who is assessed.
local RULE = "9 NYCRR 6654.10(b)(1)"

return program {
  id      = "hdm",
  name    = "Meals brought to your home",
  agency  = "NYC Aging",
  helps   = "People of 60 and older who cannot make their own meals and have nobody to do it.",
  cite    = RULE,
  version = "2026.1",
  phone   = "212-244-6469",

  worksheet = {
    line { "older_spouse", "any(household_roster, member.relation == 'spouse' and member.age >= hdm_minimum_age)",
      text = "A husband or wife of 60 or older lives in the home", cite = RULE },
  },

  eligible = any {
    all { code = "hdm.own", cite = RULE,
      rule { "is 60 or older", "age >= hdm_minimum_age", code = "hdm.age" },
      any { "is weakened by an accident, an illness or frailty", code = "hdm.frail",
        rule { "it is too hard to leave home", "homebound", code = "hdm.homebound" },
        rule { "has an illness or disability of the body", "impairment_physical ~= 'none'", code = "hdm.physical" },
        rule { "has a problem with memory, mood or thinking", "impairment_mental ~= 'none'", code = "hdm.mental" } },
      rule { "has no family, friends or neighbours who see to the meals", "informal_helper ~= 'adequate'",
        code = "hdm.no_helper" },
      any { "cannot make meals", code = "hdm.no_meals",
        rule { "needs help to make meals", "iadl_meals >= 'some_help'", code = "hdm.cook" },
        rule { "needs help to shop for food", "iadl_shopping >= 'some_help'", code = "hdm.shop" },
        rule { "has no place to cook: stays in a hotel", "living_situation == 'hotel'", code = "hdm.kitchen",
          verified = false } } },
    all { "may join a husband or wife who gets meals", code = "hdm.joins", cite = RULE,
      rule { "is under 60", "age < hdm_minimum_age", code = "hdm.under_60" },
      rule { "a husband or wife of 60 or older lives in the home", "older_spouse", code = "hdm.older_spouse" } },
  },

  possible = any {
    rule { "The meals are for the older husband or wife. The agency must find that they qualify; then you may join.",
      "age < hdm_minimum_age and older_spouse", code = "hdm.spouse_first", cite = RULE },
    rule { "Paid home care of 20 hours a week or more: it can make the meals. The agency decides.",
      "home_care_hours_week >= hdm_home_care_hours", code = "hdm.home_care", cite = "DFTA memorandum of 2008" },
    rule { "Somebody gives some help. The agency decides whether meals are still missing.", "informal_helper == 'some'",
      code = "hdm.some_help", cite = RULE, verified = false },
    all { "Some help with cooking or shopping may be enough. The agency decides.", code = "hdm.partly", cite = RULE,
      verified = false,
      rule { "can make a meal with some help", "iadl_meals ~= 'cannot'", code = "hdm.cooks_with_help" },
      rule { "can shop with some help", "iadl_shopping ~= 'cannot'", code = "hdm.shops_with_help" },
      rule { "does not stay in a hotel", "living_situation ~= 'hotel'", code = "hdm.has_kitchen" } },
    rule { "There is no home now where a meal could be brought. The agency looks for another way.",
      [[answered(living_situation) and (living_situation == 'street' or living_situation == 'dhs_shelter' or
        living_situation == 'safe_haven' or living_situation == 'hra_dv_shelter' or living_situation == 'institution')]],
      code = "hdm.no_home",
      verified = false } },

  level = first {
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "There is no income test.", when = "status.hdm ~= 'unlikely'", code = "hdm.no_income_test",
      cite = "NYC Aging, home-delivered meals" },
    note { "Under 60: the meals are for people of 60 and older, and a husband or wife of theirs.",
      when = "age < hdm_minimum_age", code = "hdm.too_young", cite = RULE },
    note { "A husband or wife may join, at any age.", when = "age >= hdm_minimum_age and has_spouse_at_home",
      code = "hdm.spouse_joins", cite = RULE },
    note { "Somebody gives all the help that is needed: meals are not brought then.",
      when = "informal_helper == 'adequate'", code = "hdm.helper_adequate", cite = RULE },
    note { "Warning: with 20 hours of home care a week or more, meals are usually not brought. The aide makes them.",
      when = "home_care_hours_week >= hdm_home_care_hours", code = "hdm.aide_cooks", cite = "DFTA memorandum of 2008" },
    note { "Food ran short in the past year: SNAP helps too (snap).",
      when = "age >= hdm_minimum_age and hvs_at_risk", code = "hdm.food_short", cite = "Hunger Vital Sign",
      verified = false },
    note { "A shelter gives meals of its own: ask there first.", when = "status.hdm ~= 'unlikely' and living_situation == 'dhs_shelter'",
      code = "hdm.shelter", verified = false },
    note { "Older adult centers serve meals to people who can come.",
      when = "age >= hdm_minimum_age and not homebound", code = "hdm.center", verified = false },
    note { "Outside New York City: call the office for the aging of your county.", when = "age >= hdm_minimum_age and not lives_in_nyc",
      code = "hdm.outside", verified = false },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Call Aging Connect, 212-244-6469. A case management agency comes and decides; you need no papers.",
      otherwise = true, verified = false } },

  cannot = {
    "give home care (not verified)",
    "bring meals to people under 60, other than a husband or wife",
  },
  review = { months = 6, cite = "9 NYCRR 6654 (contact every 6 months, assessment every 12)", verified = false },
}
