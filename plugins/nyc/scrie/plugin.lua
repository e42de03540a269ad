-- SCRIE: the rent of an older head of household is frozen; the landlord gets the difference as a tax credit.
--
-- The person assessed is taken as the head of household. A rent-regulated hotel counts, and the intake does not tell
-- it from other hotels: then the answer is `possible`.

local LAW = "RPTL 467-b; NYC Administrative Code 26-509"
local ANR = "ACCESS-NYC-Rules S2R015"

return program {
  id      = "scrie",
  name    = "SCRIE (rent freeze for older adults)",
  agency  = "NYC Department of Finance",
  helps   = "The rent of an older tenant stays as it is.",
  cite    = LAW,
  version = "2026.1",

  worksheet = {
    line { "rent_yearly", "rent_monthly * months_per_year", text = "Rent in a year", cite = LAW },
    line { "third_of_income", "gross_yearly / scrie_rent_times", text = "A third of the income of a year", cite = LAW },
    line { "regulated",
      "rental_type == 'rent_control' or rental_type == 'stabilized' or rental_type == 'hdfc' or " ..
      "rental_type == 'mitchell_lama' or rental_type == 'sec213' or rental_type == 'regulated_hotel'",
      text = "The home is of a kind that SCRIE covers", cite = ANR },
    line { "in_hotel", "living_situation == 'hotel' and rental_type == 'na'",
      text = "Lives in a hotel (of any other home the kind of rental is asked)", cite = ANR },
  },

  eligible = all {
    rule { "the head of household is 62 or older", "age >= scrie_minimum_age", cite = ANR, code = "scrie.age" },
    rule { "is named on the lease", "on_lease", cite = ANR, code = "scrie.on_lease" },
    any { "the home is rent controlled, stabilized, HDFC, Mitchell-Lama, Section 213 or a regulated hotel", cite = ANR,
      rule { "the home is of a kind that SCRIE covers", "regulated", cite = ANR, code = "scrie.regulated" },
      rule { "lives in a hotel", "in_hotel", cite = ANR, code = "scrie.hotel" } },
    rule { "the household has at most 50,000 dollars a year", "gross_yearly <= scrie_income_limit", cite = ANR,
      code = "scrie.income" },
    rule { "the rent is more than a third of the income", "rent_yearly * scrie_rent_times > gross_yearly",
      cite = "RPTL 467-b(3)", verified = false, code = "scrie.rent" },
  },

  possible = rule { "Only a rent-regulated hotel counts: the Department of Finance looks at the registration.",
    "in_hotel", cite = ANR, code = "scrie.hotel_check" },

  level = first {
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "The rent is frozen at what it is when SCRIE starts: apply before the next increase.",
      when = "status.scrie == 'likely' or status.scrie == 'possible'", cite = LAW, verified = false,
      code = "scrie.apply_soon" },
    note { "Younger than 62: SSI or SSDI opens the same rent freeze as DRIE (drie).",
      when = "age < scrie_minimum_age and (ssi_monthly > 0 or ssdi_monthly > 0)", cite = "RPTL 467-c",
      code = "scrie.see_drie" },
    note { "Somebody else in the home is 62 or older: if that person is on the lease, that person can apply.",
      when = "(age < scrie_minimum_age or not on_lease) and any(household_roster, member.age >= scrie_minimum_age)",
      cite = ANR, verified = false, code = "scrie.other_member" },
    note { "Gifts of money do not count: if the income is above the limit with them, apply.",
      when = "gross_yearly > scrie_income_limit", cite = ANR, code = "scrie.gifts" },
    note { "A higher income limit was under discussion: ask the Department of Finance.",
      when = "gross_yearly > scrie_income_limit", cite = LAW, verified = false, code = "scrie.limit" },
    note { "In public housing the rent follows the income. Tell NYCHA when the income goes down.",
      when = "rental_type == 'nycha'", cite = "42 USC 1437a", verified = false, code = "scrie.nycha" },
    note { "A market rental is not covered. Check it first: many tenants do not know that their home is stabilized.",
      when = "rental_type == 'market'", cite = "NYC Administrative Code 26-504", verified = false,
      code = "scrie.check_regulated" },
  },

  documents = {
    document { "The lease of this year and of the year before", verified = false },
    document { "Tax return, or award letters, of everybody in the home", verified = false },
    document { "Proof of age", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
  },

  next_step = first {
    { "Apply to the City's housing department (HPD).", when = "rental_type == 'mitchell_lama'", verified = false },
    { "Apply to the Department of Finance.", otherwise = true, verified = false },
  },
  cannot = { "lower the rent of the past (not verified)", "cover a home whose rent is not regulated" },
  review = { months = 12, cite = "NYC Administrative Code 26-509 (1 to 2 years)", verified = false },
}
