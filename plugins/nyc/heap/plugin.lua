-- HEAP: help with the cost of heating, and the emergency benefit when heat is cut off or fuel runs out.
--
-- Cash Assistance or SNAP that the household gets now proves the income. What is only likely (status.ca, status.snap)
-- proves nothing yet and is told in a note: whoever is within the limits of Cash Assistance is within those of HEAP.
-- The paper rule knows no test of immigration status or of the home. What is answered about them can make the result
-- `possible`; not answering never holds it up.

local INCOME = "42 USC 8624(b)(2); 18 NYCRR 393"

local EMERGENCY = "(heat_emergency == 'shut_off' or heat_emergency == 'shutoff_notice' or heat_emergency == 'quarter_tank')"

return program {
  id      = "heap",
  name    = "HEAP",
  agency  = "HRA",
  helps   = "Help with the heating bill, and emergency help when the heat is cut off.",
  cite    = "42 USC 8621; 18 NYCRR 393",
  version = "2026.1",
  phone   = "718-557-1399",

  worksheet = {
    line { "income_limit", "heap_income_limit[household_size]", text = "60 % of the state median income, each month",
      cite = INCOME },
    line { "emergency", EMERGENCY, text = "Heat or power is cut off or about to be, or the tank is nearly empty",
      cite = "18 NYCRR 393" },
  },

  eligible = any { "the income is within the limit, or another program has proven it", cite = INCOME,
    rule { "somebody in the home gets Cash Assistance", "cash_assistance_monthly > 0",
      cite = "ACCESS-NYC-Rules S2R019", code = "heap.cash_assistance" },
    all { "lives alone and gets SSI", cite = "ACCESS-NYC-Rules S2R019",
      rule { "lives alone", "household_size == 1", cite = "ACCESS-NYC-Rules S2R019", code = "heap.alone" },
      rule { "gets SSI", "ssi_monthly > 0", cite = "ACCESS-NYC-Rules S2R019", code = "heap.ssi" } },
    rule { "gets SNAP", "has_snap", cite = "42 USC 8624(b)(2)(A)", verified = false, code = "heap.snap" },
    rule { "income is at most 60 % of the state median", "gross_monthly <= income_limit",
      cite = "ACCESS-NYC-Rules S2R019", code = "heap.income" } },

  possible = any {
    rule { "HEAP wants a citizen or a qualified immigrant in the home: HRA looks at each person.",
      "answered(immigration_status) and (immigration_status == 'prucol' or immigration_status == 'undocumented')",
      cite = "8 USC 1611", verified = false, code = "heap.status" },
    rule { "In a shelter or outside now: HEAP is for the heat of a home. Apply when you have one.",
      "answered(living_situation) and (living_situation == 'dhs_shelter' or living_situation == 'hra_dv_shelter' or " ..
      "living_situation == 'safe_haven' or living_situation == 'street')", cite = "18 NYCRR 393", verified = false, code = "heap.no_home" },
  },

  level = first {
    { "heat is cut off", when = "heat_emergency == 'shut_off' and heap_heating_season == 1",
      act_within = days(0), urgency = 1, cite = "18 NYCRR 393", verified = false },
    { "heat will be cut off", when = EMERGENCY,
      act_within = hours(48), urgency = 3, cite = "42 USC 8623(c)", verified = false },
    { "regular benefit", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "Emergency benefit: heat is cut off or fuel runs out. Ask for the regular benefit first, or together with it.",
      when = "emergency", cite = "18 NYCRR 393", code = "heap.emergency" },
    note { "Outside the heating season: the emergency benefit may be closed. Ask HRA what is open.",
      when = "emergency and heap_heating_season == 0", cite = "18 NYCRR 393", verified = false,
      code = "heap.out_of_season" },
    note { "Cash Assistance, SNAP or SSI (living alone) proves the income: bring the card or the award letter.",
      when = "cash_assistance_monthly > 0 or has_snap or (household_size == 1 and ssi_monthly > 0)",
      cite = "ACCESS-NYC-Rules S2R019", code = "heap.income_proven" },
    note { "Looks eligible for Cash Assistance: once it is granted, HEAP takes the income as proven.",
      when = "status.ca == 'likely' and cash_assistance_monthly == 0", cite = "ACCESS-NYC-Rules S2R019",
      code = "heap.ca_likely" },
    note { "Looks eligible for SNAP: apply for SNAP too. Once it is granted, HEAP takes the income as proven.",
      when = "status.snap == 'likely' and not has_snap", cite = "42 USC 8624(b)(2)(A)", verified = false,
      code = "heap.snap_likely" },
    note { "Heat is paid apart from the rent: the benefit goes to the company that sends the bill.",
      when = "heat_paid_separately", cite = "18 NYCRR 393", verified = false, code = "heap.pays_heat" },
    note { "Heat is part of the rent: a smaller benefit may still be paid.",
      when = "not heat_paid_separately and utilities_in_rent", cite = "18 NYCRR 393", verified = false,
      code = "heap.heat_in_rent" },
  },

  documents = {
    document { "The energy bill, or the notice of the shut-off", verified = false },
    document { "Proof of income", verified = false },
    document { "Photo ID", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
  },

  next_step = first {
    { "Call HRA at 718-557-1399 or go to an office today: emergency HEAP is not given online.", when = "emergency",
      cite = "nyc.gov, Home Energy Assistance Program" },
    { "Apply in ACCESS HRA.", otherwise = true, verified = false },
  },
  cannot = { "pay the rent (not verified)" },
  review = { months = 12, cite = "18 NYCRR 393 (each heating season)", verified = false },
}
