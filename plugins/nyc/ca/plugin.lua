-- Cash Assistance (Family Assistance and Safety Net Assistance) in New York City, and who need not work for it.
--
-- Income of the household less the earned income disregard and one work expense must stay below the limit of its size.
-- SSI does not count, and a person who gets SSI is not in the case: with SSI in the home the answer is at best
-- `possible`.

local INCOME = "SSL 131-a; 18 NYCRR 352"
local WORK = "SSL 332; 18 NYCRR 385.2(b)"
local RESOURCES = "22-ADM-11"

return program {
  id      = "ca",
  name    = "Cash Assistance",
  agency  = "HRA",
  helps   = "Money each month for people with very little income.",
  cite    = "SSL 131-a, 158, 349; 18 NYCRR 352, 369, 370",
  version = "2026.1",

  worksheet = {
    line { "has_child", "age <= ca_child_age or pregnant_any or any(household_roster, member.age <= ca_child_age)",
      text = "Somebody is 18 or younger, or pregnant", cite = "ACCESS-NYC-Rules S2R010" },
    line { "older_or_disabled",
      "any_member_60_or_over or any_member_disabled or impairment_physical == 'documented' or " ..
      "impairment_mental == 'documented'",
      text = "Somebody is 60 or older, or disabled", cite = RESOURCES },

    -- Income.
    line { "earned_counted", "max(0, earned_monthly * (1 - ca_earned_disregard) - ca_work_expense)",
      text = "Earned income that counts: after the disregard, less the work expense",
      cite = "18 NYCRR 352.19(a); 25-ADM-04" },
    line { "unearned_counted",
      "ssdi_monthly + ss_retirement_monthly + unemployment_monthly + child_support_in_monthly + pension_monthly + " ..
      "other_income_monthly",
      text = "Other income that counts (not SSI, not Cash Assistance itself)", cite = "ACCESS-NYC-Rules S2R010" },
    line { "counted_income", "earned_counted + unearned_counted", text = "Counted income", cite = INCOME },
    -- "Below the limit" holds for the exact amount: a cent of the worksheet above may be one that was rounded up.
    line { "counted_exactly",
      "max(0, earned_monthly / dollars(1) * (1 - ca_earned_disregard) - " ..
      "ca_work_expense / dollars(1)) + unearned_counted / dollars(1)",
      text = "Counted income in dollars, not rounded", cite = INCOME },

    -- Need: what the household would get with no income at all.
    line { "basic_allowance", "ca_basic_allowance[household_size]", text = "Basic allowance", cite = "18 NYCRR 352.1" },
    line { "energy_allowances", "ca_home_energy[household_size] + ca_supplemental_energy[household_size]",
      text = "Home energy and supplemental energy allowances", cite = "18 NYCRR 352.2(d)" },
    line { "shelter_maximum",
      "has_child and ca_shelter_with_child[household_size] or ca_shelter_without_child[household_size]",
      text = "Maximum shelter allowance in New York City", cite = "18 NYCRR 352.3" },
    line { "shelter_allowance", "min(rent_monthly, shelter_maximum)",
      text = "Shelter allowance: the rent, up to the maximum", cite = "18 NYCRR 352.3" },
    line { "need", "basic_allowance + energy_allowances + shelter_allowance", text = "Need", cite = "18 NYCRR 352.1" },
    line { "largest_need", "basic_allowance + energy_allowances + shelter_maximum",
      text = "Need with the full shelter allowance", cite = "18 NYCRR 352.1" },
    line { "grant", "max(0, need - counted_income)", text = "Need less counted income", cite = INCOME },

    -- Who need not work (any one of these).
    line { "exempt_age",
      "age >= ca_exempt_from_age or age < ca_exempt_under_age or " ..
      "(age < ca_exempt_student_under_age and student_status == 'full_time')",
      text = "Exempt from work by age or school", cite = WORK },
    line { "exempt_pregnancy", "pregnant_any and pregnancy_due_date - as_of <= ca_exempt_before_birth",
      text = "Exempt from work: the due date is at most 30 days away", cite = WORK },
    line { "exempt_illness", "work_barrier == 'medical' and unable_work_months <= ca_exempt_illness_months",
      text = "Exempt from work: ill or injured for up to 3 months", cite = WORK },
    line { "exempt_disability",
      "impairment_physical == 'documented' or impairment_mental == 'documented' or legally_blind",
      text = "Exempt from work: disabled or incapacitated", cite = WORK },
    line { "exempt_caring", "caring_for_infant_or_incapacitated == 'incapacitated_adult'",
      text = "Exempt from work: needed at home for an impaired member", cite = WORK },
    line { "one_parent",
      "not any(household_roster, member.relation == 'spouse' or member.relation == 'domestic_partner' or " ..
      "member.relation == 'boyfriend_girlfriend')",
      text = "No other parent in the home", cite = WORK },
    line { "exempt_infant",
      "one_parent and (caring_for_infant_or_incapacitated == 'child_lt1' or any(household_roster, " ..
      "(member.relation == 'child' or member.relation == 'step_child') and member.age < ca_exempt_child_age))",
      text = "Exempt from work: one parent, caring for a child younger than 12 months", cite = "SSL 332(1)(d)" },
    line { "work_exempt",
      "exempt_age or exempt_pregnancy or exempt_illness or exempt_disability or exempt_caring or exempt_infant",
      text = "Exempt from work", cite = WORK },
  },

  eligible = all {
    any { "counted income is below the limit", cite = INCOME,
      rule { "is below the limit for a household without a child",
        "counted_exactly < ca_limit_without_child[household_size] / dollars(1)",
        cite = "ACCESS-NYC-Rules S2R010", code = "ca.income" },
      all { "with a child or a pregnancy the limit is higher",
        rule { "somebody is 18 or younger, or pregnant", "has_child",
          cite = "ACCESS-NYC-Rules S2R010", code = "ca.child" },
        rule { "is below the limit for a household with a child",
          "counted_exactly < ca_limit_with_child[household_size] / dollars(1)",
          cite = "ACCESS-NYC-Rules S2R010", code = "ca.income_with_child" } } },
    any { "resources are within the limit", cite = RESOURCES,
      rule { "are within the general limit", "liquid_assets <= ca_resource_limit.general",
        cite = RESOURCES, code = "ca.resources" },
      all { "the limit is higher for older or disabled people",
        rule { "somebody is 60 or older, or disabled", "older_or_disabled",
          cite = RESOURCES, code = "ca.older_or_disabled" },
        rule { "are within the higher limit", "liquid_assets <= ca_resource_limit.older_or_disabled",
          cite = RESOURCES, code = "ca.resources_higher" } } },
    any { "somebody in the home has a status that Cash Assistance counts",
      rule { "the person's own immigration status counts", "immigration_status ~= 'undocumented'",
        cite = "18 NYCRR 370", verified = false, code = "ca.status" },
      rule { "a child in the home may count", "children_under_18 >= 1",
        cite = "18 NYCRR 369", verified = false, code = "ca.status_child" } },
    rule { "somebody in the home does not get SSI",
      "ssi_monthly == 0 or (household_size > 1 and (cash_assistance_monthly > 0 or not has_ssi_all_members))",
      cite = "18 NYCRR 352", verified = false, code = "ca.not_all_ssi" },
  },

  possible = any {
    rule { "The adult's status does not count; HRA decides about the children.", "immigration_status == 'undocumented'",
      cite = "18 NYCRR 369", verified = false, code = "ca.children_only" },
    rule { "Somebody gets SSI and is not part of the case: HRA computes the need of the others.", "ssi_monthly > 0",
      cite = "18 NYCRR 352", verified = false, code = "ca.ssi_outside" },
  },

  level = first {
    { "immediate need",
      when = "eviction_stage == 'marshal_72h' or living_situation == 'street' or " ..
             "(gross_monthly == 0 and liquid_assets == 0)",
      act_within = days(0), urgency = 1, cite = "18 NYCRR 351.8", verified = false },
    { "family assistance", when = "has_child",
      act_within = days(30), urgency = 6, cite = "18 NYCRR 351.8", verified = false },
    { "safety net assistance", otherwise = true,
      act_within = days(45), urgency = 6, cite = "18 NYCRR 351.8", verified = false },
  },

  amount = amount { "grant", per = "month", text = "Estimated Cash Assistance grant" },

  notes = {
    note { "Already on Cash Assistance: read this as a check before the next recertification.",
      when = "cash_assistance_monthly > 0", code = "ca.has" },
    note { "With this rent the estimate leaves no grant: the limit assumes the full shelter allowance. HRA computes the budget.",
      when = "grant <= 0 and status.ca ~= 'unlikely'", cite = "18 NYCRR 352.1, 352.3", code = "ca.no_grant" },
    note { "If Cash Assistance is granted, SNAP follows for the people in the case, and HEAP, WIC and child care " ..
           "take the income as proven.",
      when = "status.ca == 'likely' or status.ca == 'possible'", cite = "ACCESS-NYC-Rules", code = "ca.feeds" },
    note { "With a child or a pregnancy the category is Family Assistance.", when = "has_child",
      cite = "SSL 349", code = "ca.family_assistance" },
    note { "Without a child the category is Safety Net Assistance.", when = "not has_child",
      cite = "SSL 158", code = "ca.safety_net" },
    note { "Gross income is above 185 % of the need. Whether that test still applies since October 2022 was not " ..
           "verified.",
      when = "gross_monthly - cash_assistance_monthly > largest_need * ca_gross_test",
      cite = "97-ADM-23", verified = false, code = "ca.gross_test" },
    note { "One work expense was taken off. Each further person who earns has one more.",
      when = "earned_monthly > 0 and any(household_roster, member.age >= adult_age)",
      cite = "18 NYCRR 352.19(a)", code = "ca.one_work_expense" },

    note { "Need not work: 60 or older, younger than 16, or a full-time secondary student younger than 19.",
      when = "exempt_age", cite = WORK, code = "ca.exempt_age" },
    note { "Whoever is pregnant need not work: the due date is at most 30 days away.",
      when = "exempt_pregnancy", cite = WORK, code = "ca.exempt_pregnancy" },
    note { "Need not work while ill or injured for up to 3 months; HRA wants it verified.",
      when = "exempt_illness", cite = WORK, code = "ca.exempt_illness" },
    note { "Need not work: disabled or incapacitated; HRA decides.",
      when = "exempt_disability", cite = WORK, code = "ca.exempt_disability" },
    note { "Need not work: needed at home for an impaired member of the household.",
      when = "exempt_caring", cite = WORK, code = "ca.exempt_caring" },
    note { "Need not work: one parent, caring for a child younger than 12 months. At most 12 months in a lifetime, " ..
           "3 months for each child.",
      when = "exempt_infant", cite = "SSL 332(1)(d)", code = "ca.exempt_infant" },
    note { "Exempt from work: do not refer to Career Services.",
      when = "work_exempt and status.ca ~= 'unlikely'", cite = WORK, code = "ca.exempt" },
    note { "Has to take part in work activities: Career Services.",
      when = "not work_exempt and status.ca ~= 'unlikely'",
      cite = "SSL 330-342; 18 NYCRR 385", code = "ca.work_required" },
    note { "From 18 to 24 years the work track is YouthPathways.",
      when = "not work_exempt and age >= ca_youth_track.from and age <= ca_youth_track.to and " ..
             "status.ca ~= 'unlikely'",
      cite = "311 KA-02941", code = "ca.youthpathways" },
    note { "A medical, psychological or substance barrier to work: a Benefits Access Center may refer to WeCARE.",
      when = "not work_exempt and (work_barrier == 'medical' or work_barrier == 'psych' or " ..
             "work_barrier == 'substance') and status.ca ~= 'unlikely'",
      cite = "18 NYCRR 385.2(d); SSL 332-b", code = "ca.wecare" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
    document { "Proof of where you live", verified = false },
    document { "Proof of all income", verified = false },
    document { "Lease or rent bill", when = "rent_monthly > 0", verified = false },
    document { "Medical proof of the illness, disability or pregnancy",
      when = "exempt_illness or exempt_disability or exempt_pregnancy", cite = WORK },
  },

  next_step = first {
    { "Ask for an immediate need grant today at a Benefits Access Center, and apply in ACCESS HRA.",
      when = "eviction_stage == 'marshal_72h' or living_situation == 'street' or " ..
             "(gross_monthly == 0 and liquid_assets == 0)", verified = false },
    { "Apply in ACCESS HRA.", otherwise = true, verified = false },
  },

  review = { months = 6, cite = "18 NYCRR 351 (6 to 12 months)", verified = false },
}
