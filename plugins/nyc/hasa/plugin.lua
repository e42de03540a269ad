-- HIV/AIDS Services Administration. What a person says about HIV is read here and nowhere else in this pack's first
-- programs; being in HASA is itself HIV information.
return program {
  id      = "hasa",
  name    = "HIV/AIDS Services Administration",
  agency  = "HRA",
  helps   = "People with HIV: a case manager, help with rent, food and travel costs.",
  cite    = "NYC Admin Code 21-126 to 21-128; SSL 131-a(14); 68 RCNY 5-02",
  version = "2026.1",

  worksheet = {
    line { "rent_share", "gross_monthly * hasa_rent_share",
      text = "Most that the household pays for rent when it is on Cash Assistance",
      cite = "SSL 131-a(14); 68 RCNY 5-02" },
    line { "rent_share_limit", "poverty_line[household_size] * hasa_rent_share_income",
      text = "Yearly income up to which that holds", cite = "SSL 131-a(14); 68 RCNY 5-02" },
  },

  eligible = all {
    rule { "lives in New York City", "lives_in_nyc", code = "hasa.nyc", cite = "NYC Admin Code 21-126" },
    any { "has the medical basis", code = "hasa.medical_basis", cite = "NYC Admin Code 21-126",
      rule { "clinical or symptomatic HIV illness, or AIDS (the words of the code)",
        "hiv_status == 'hiv_symptomatic' or hiv_status == 'aids'", code = "hasa.code_text",
        cite = "NYC Admin Code 21-126; T2025-3096" },
      rule { "HIV, as HRA has decided in practice since 29 August 2016", "hasa_medical_basis[hiv_status] == 1",
        code = "hasa.practice", verified = false, cite = "HASA for All, 2016" } },
  },

  level = first {
    { "homeless tonight", when = "living_situation == 'street'", act_within = days(0), urgency = 1, verified = false,
      cite = "NYC Admin Code 21-128" },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "The code still asks for clinical or symptomatic HIV illness, or AIDS. In practice HRA has accepted " ..
        "any HIV diagnosis since 29 August 2016. A bill of February 2025 would write that into the code; what " ..
        "became of it is not known here.",
      when = "hiv_status == 'hiv'", code = "hasa.code_says", verified = false,
      cite = "NYC Admin Code 21-126; T2025-3096" },
    note { "Each benefit that comes through HASA has its own test of income and of immigration status.",
      when = "status.hasa == 'likely'", code = "hasa.benefit_tests", cite = "bplc.cssny.org" },
    note { "On Cash Assistance, income up to twice the poverty line: rent takes at most 30% of all income.",
      when = "status.hasa == 'likely' and cash_assistance_monthly > 0 and gross_yearly <= rent_share_limit",
      code = "hasa.rent_share", cite = "SSL 131-a(14); 68 RCNY 5-02" },
    note { "People in HASA do not have to prove a disability to be free from work rules.",
      when = "status.hasa == 'likely'",
      code = "hasa.work_rules", cite = "legalservicesnyc.org" },
    note { "Homeless tonight: HASA places the person on the same day.", when = "living_situation == 'street'",
      code = "hasa.same_day", verified = false, cite = "NYC Admin Code 21-128" },
    note { "A HASA case is open already: call its worker.", when = "has_hasa_case", code = "hasa.open_case" },
    note { "The HASA caseworker's assessment also serves home care (HCSP). Do not repeat it.",
      when = "status.hasa == 'likely'", code = "hasa.serves_hcsp",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
  },

  documents = {
    document { "Medical form signed by a physician: M-11q or the HASA medical request" },
    "Photo ID",
    "Proof of income",
    "Proof of where you live",
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Call the HASA worker.", when = "has_hasa_case" },
    { "Call the HASA ServiceLine.", otherwise = true } },

  cannot = { "give clinical advice: staff ask the Health Services Office" },
  review = { months = 12, verified = false, cite = "HASA annual recertification" },
}
