-- WIC: food, advice and help with breastfeeding for pregnant and new mothers, and for children under 5.
--
-- Medicaid, Cash Assistance and SNAP that the household gets now prove the income. Medicaid goes higher than WIC for
-- pregnancy and for infants (223 % of poverty against 185 %): where it is only likely, the answer is `possible`.
-- An unborn child counts as one more person.

local PEOPLE = "7 CFR 246.2, 246.7(c)"
local INCOME = "7 CFR 246.7(d)"

local INFANT = "(age < wic_infant_age and own_age_counts or any(household_roster, member.age < wic_infant_age))"

return program {
  id      = "wic",
  name    = "WIC",
  agency  = "NYS Department of Health, through WIC clinics",
  helps   = "Food and advice for pregnant and new mothers, and for children under 5.",
  cite    = "42 USC 1786; 7 CFR 246",
  version = "2026.1",

  worksheet = {
    line { "people_counted", "household_size + (pregnant_any and 1 or 0)",
      text = "People in the household, the unborn child counted", cite = "7 CFR 246.7(d)(2)", verified = false },
    line { "income_limit", "wic_income_limit[people_counted]", text = "185 % of poverty, each year", cite = INCOME },
    line { "within_limit",
      "gross_yearly <= wic_income_limit[household_size] or " ..
      "pregnant_any and gross_yearly <= wic_income_limit[household_size + 1]",
      text = "Income is within the limit (without the unborn child, or with it)", cite = INCOME },
    line { "income_proven", "has_medicaid == 'active' or cash_assistance_monthly > 0 or has_snap",
      text = "Another program proves the income", cite = "ACCESS-NYC-Rules S2R022" },
    line { "new_mother",
      "answered(breastfeeding_or_postpartum_months) and " ..
      "breastfeeding_or_postpartum_months < wic_after_birth.breastfeeding",
      text = "A baby was born in the past year", cite = "7 CFR 246.2", verified = false },
    -- Whoever lives with a husband, wife, partner or child of their own is no small child: then the age need not be known.
    line { "own_age_counts",
      "answered(age) or not any(household_roster, member.relation == 'spouse' or " ..
      "member.relation == 'domestic_partner' or member.relation == 'child')",
      text = "The age of the person is known, or the person may be a small child", cite = PEOPLE },
    line { "young_child",
      "age < wic_child_age and own_age_counts or any(household_roster, member.age < wic_child_age)",
      text = "A child under 5 lives in the home", cite = "7 CFR 246.2" },
    line { "served", "pregnant_any or young_child or new_mother", text = "WIC serves somebody in the home", cite = PEOPLE },
  },

  eligible = all {
    any { "a person whom WIC serves lives in the home", cite = PEOPLE,
      rule { "somebody is pregnant", "pregnant_any", cite = PEOPLE, code = "wic.pregnant" },
      rule { "a child is younger than 5", "young_child", cite = "7 CFR 246.2; ACCESS-NYC-Rules S2R022",
        code = "wic.child" },
      rule { "somebody breastfeeds or had a baby in the past year", "new_mother",
        cite = PEOPLE, verified = false, code = "wic.new_mother" } },
    any { "the income is within the limit, or another program proves it", cite = INCOME,
      rule { "income is at most 185 % of poverty", "within_limit", cite = "ACCESS-NYC-Rules S2R022", code = "wic.income" },
      rule { "has Medicaid", "has_medicaid == 'active'", cite = "ACCESS-NYC-Rules S2R022", code = "wic.medicaid" },
      rule { "gets Cash Assistance", "cash_assistance_monthly > 0", cite = "ACCESS-NYC-Rules S2R022",
        code = "wic.cash_assistance" },
      rule { "gets SNAP", "has_snap", cite = "7 CFR 246.7(d)(2)(vi)", verified = false, code = "wic.snap" },
      rule { "has Medicaid with a surplus (spend-down)", "has_medicaid == 'surplus'",
        cite = "7 CFR 246.7(d)(2)(vi)", verified = false, code = "wic.surplus" },
      all { "is likely or possible to get Medicaid, which goes higher for pregnancy and infants",
        cite = "42 CFR 435.116, 435.118; ACCESS-NYC-Rules S2R038",
        any { "pregnancy or an infant",
          rule { "somebody is pregnant", "pregnant_any", code = "wic.medicaid_pregnant" },
          rule { "a child is younger than 1", INFANT, code = "wic.medicaid_infant" } },
        rule { "income is at most 223 % of poverty",
          "gross_yearly <= medicaid_limit_223[household_size] or " ..
          "pregnant_any and gross_yearly <= medicaid_limit_223[household_size + 1]", code = "wic.medicaid_income" },
        rule { "Medicaid looks likely or possible", "status.med == 'likely' or status.med == 'possible'",
          code = "wic.medicaid_likely" } } },
  },

  possible = any {
    all { "No pregnancy and no child under 5 is named, and the baby is 6 months or older: WIC asks if it is breastfed.",
      cite = "7 CFR 246.2", verified = false,
      none { rule { "somebody is pregnant", "pregnant_any" }, rule { "a child is younger than 5", "young_child" } },
      rule { "the baby is 6 months old or older",
        "breastfeeding_or_postpartum_months >= wic_after_birth.postpartum" } },
    all { "Income is above the WIC limit: the surplus of Medicaid must be met first.",
      cite = "7 CFR 246.7(d)(2)(vi)", verified = false,
      none { rule { "income is within the limit", "within_limit" }, rule { "it is proven", "income_proven" } },
      rule { "has Medicaid with a surplus", "has_medicaid == 'surplus'" } },
    all { "Income is above the WIC limit: apply for Medicaid first. Once it is granted, WIC takes the income as proven.",
      cite = "ACCESS-NYC-Rules S2R022",
      none { rule { "income is within the limit", "within_limit" }, rule { "it is proven", "income_proven" },
        rule { "has Medicaid with a surplus", "has_medicaid == 'surplus'" } } },
  },

  level = first {
    { "soon: food does not last",
      when = "hvs_1 == 'often' or hvs_1 == 'sometimes' or hvs_2 == 'often' or hvs_2 == 'sometimes'",
      act_within = days(10), urgency = 5, cite = "7 CFR 246.7(f)(2)", verified = false },
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "The clinic checks weight, height and blood to see whether there is a nutritional risk.",
      when = "status.wic ~= 'unlikely'", cite = "7 CFR 246.7(e)", verified = false, code = "wic.nutritional_risk" },
    note { "An unborn child counts as one more person.", when = "pregnant_any", cite = "7 CFR 246.7(d)(2)",
      verified = false, code = "wic.unborn" },
    note { "Medicaid, Cash Assistance or SNAP proves the income: bring the card.", when = "income_proven and served",
      cite = "ACCESS-NYC-Rules S2R022", code = "wic.income_proven" },
    note { "Looks eligible for Medicaid: apply for it too. Once it is granted, WIC takes the income as proven.",
      when = "served and status.med == 'likely' and (has_medicaid == 'none' or has_medicaid == 'pending')",
      cite = "ACCESS-NYC-Rules S2R022", code = "wic.med_likely" },
    note { "Looks eligible for Cash Assistance: once it is granted, WIC takes the income as proven.",
      when = "served and status.ca == 'likely' and cash_assistance_monthly == 0", cite = "ACCESS-NYC-Rules S2R022",
      code = "wic.ca_likely" },
    note { "Looks eligible for SNAP: apply for it too. Once it is granted, WIC takes the income as proven.",
      when = "served and status.snap == 'likely' and not has_snap", cite = "7 CFR 246.7(d)(2)(vi)", verified = false,
      code = "wic.snap_likely" },
    note { "Food does not always last: ask about a food pantry today; WIC and SNAP take some days.",
      when = "hvs_1 == 'often' or hvs_1 == 'sometimes' or hvs_2 == 'often' or hvs_2 == 'sometimes'",
      cite = "Hunger Vital Sign", verified = false, code = "wic.hunger" },
    note { "Immigration status does not matter for WIC.", when = "status.wic ~= 'unlikely'",
      cite = "7 CFR 246.7", verified = false, code = "wic.status" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Proof of income, or the card of Medicaid, Cash Assistance or SNAP", verified = false },
    document { "Proof of where you live", verified = false },
  },

  next_step = first {
    { "Make an appointment at a WIC clinic near you. Bring the children.", otherwise = true, verified = false },
  },
  cannot = { "serve fathers for themselves (not verified)", "serve children of 5 or older" },
  review = { months = 6, cite = "7 CFR 246.7(g) (6 to 12 months)", verified = false },
}
