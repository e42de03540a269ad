-- DRIE: the rent freeze for a tenant with a disability benefit.
--
-- The benefit must be the tenant's own. SSI and SSDI are asked for the whole household: of somebody who does not live
-- alone the list of incomes tells whose it is; without that list the answer is `possible`. VA disability shows in the
-- list of incomes, which is waited for where there is other money in the home. Medicaid for a disability is a question of
-- its own, asked of who has Medicaid. A proven impairment together with service in the military makes the answer
-- `possible`, and the award letter decides.

local LAW = "RPTL 467-c"
local ANR = "ACCESS-NYC-Rules S2R005"

return program {
  id      = "drie",
  name    = "DRIE (rent freeze for people with a disability)",
  agency  = "NYC Department of Finance",
  helps   = "The rent of a tenant with a disability benefit stays as it is.",
  cite    = LAW,
  version = "2026.1",

  worksheet = {
    line { "rent_yearly", "rent_monthly * months_per_year", text = "Rent in a year", cite = LAW },
    line { "third_of_income", "gross_yearly / drie_rent_times", text = "A third of the income of a year", cite = LAW },
    line { "regulated",
      "rental_type == 'rent_control' or rental_type == 'stabilized' or rental_type == 'hdfc' or " ..
      "rental_type == 'mitchell_lama' or rental_type == 'sec213'",
      text = "The home is of a kind that DRIE covers", cite = ANR },
    line { "in_hotel", "living_situation == 'hotel' and rental_type == 'na'",
      text = "Lives in a hotel (of any other home the kind of rental is asked)", cite = ANR },
    line { "listed_benefit",
      "answered(incomes) and any(incomes, income.type == 'ssi' or income.type == 'ss_disability' or " ..
      "income.type == 'veteran' or income.type == 'disability_medicaid')",
      text = "The person's own list of incomes has a disability benefit", cite = ANR },
    line { "other_benefit",
      "other_income_monthly > 0 and any(incomes, income.type == 'veteran' or income.type == 'disability_medicaid')",
      text = "The other money is a VA benefit or one for a disability", cite = ANR },
    line { "disability_medicaid", "answered(medicaid_for_disability) and medicaid_for_disability",
      text = "Has Medicaid because of a disability", cite = ANR },
    line { "home_benefit", "ssi_monthly > 0 or ssdi_monthly > 0", text = "SSI or SSDI is paid in the home", cite = ANR },
    line { "impaired",
      "legally_blind or impairment_physical == 'documented' or impairment_mental == 'documented'",
      text = "Blind, or an impairment that a doctor has confirmed", cite = ANR, verified = false },
  },

  eligible = all {
    rule { "the head of household is 18 or older", "age >= drie_minimum_age", cite = ANR, code = "drie.age" },
    rule { "is named on the lease", "on_lease", cite = ANR, code = "drie.on_lease" },
    any { "the home is rent controlled, stabilized, HDFC, Mitchell-Lama, Section 213 or a regulated hotel", cite = ANR,
      rule { "the home is of a kind that DRIE covers", "regulated", cite = ANR, code = "drie.regulated" },
      rule { "lives in a hotel", "in_hotel", cite = ANR, verified = false, code = "drie.hotel" } },
    any { "gets SSI, SSDI, VA disability benefits or Medicaid for a disability", cite = ANR,
      rule { "SSI or SSDI is paid in the home", "home_benefit", cite = ANR, code = "drie.home_benefit" },
      rule { "the list of incomes has a disability benefit", "other_benefit", cite = ANR, code = "drie.listed" },
      rule { "has Medicaid because of a disability", "medicaid_for_disability", cite = ANR,
        code = "drie.disability_medicaid" },
      all { "a proven impairment, and service in the military", cite = ANR, verified = false,
        rule { "is blind, or a doctor has confirmed an impairment", "impaired", code = "drie.impaired" },
        rule { "somebody served in the military", "veteran_any", code = "drie.veteran" } } },
    rule { "the household has at most 50,000 dollars a year", "gross_yearly <= drie_income_limit", cite = ANR,
      code = "drie.income" },
    rule { "the rent is more than a third of the income", "rent_yearly * drie_rent_times > gross_yearly",
      cite = LAW, verified = false, code = "drie.rent" },
  },

  possible = any {
    rule { "Only a rent-regulated hotel counts: the Department of Finance looks at the registration.",
      "in_hotel", cite = ANR, verified = false, code = "drie.hotel_check" },
    all { "The benefit must be that of the tenant: the award letter tells whose it is.", cite = ANR,
      none { rule { "the person's own list has a disability benefit", "listed_benefit" },
        rule { "has Medicaid because of a disability", "disability_medicaid" } },
      rule { "SSI or SSDI is paid in the home", "home_benefit" },
      rule { "does not live alone", "household_size > 1", code = "drie.whose_benefit" } },
    all { "VA disability benefits and Medicaid for a disability count: the award letter decides.", cite = ANR,
      verified = false,
      none { rule { "the person's own list has a disability benefit", "listed_benefit" },
        rule { "has Medicaid because of a disability", "disability_medicaid" },
        rule { "SSI or SSDI is paid in the home", "home_benefit" } } },
  },

  level = first {
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "The rent is frozen at what it is when DRIE starts: apply before the next increase.",
      when = "status.drie == 'likely' or status.drie == 'possible'", cite = LAW, verified = false,
      code = "drie.apply_soon" },
    note { "From 62 the same rent freeze can be had as SCRIE, without a disability benefit. Apply for one of the two.",
      when = "age >= drie_scrie_age", cite = "RPTL 467-b", code = "drie.see_scrie" },
    note { "An impairment is proven but no disability benefit is named: apply for SSI or SSDI; VA disability and " ..
           "Medicaid for a disability count too.",
      when = "impaired and not home_benefit and not listed_benefit and not disability_medicaid", cite = ANR, verified = false,
      code = "drie.apply_benefit" },
    note { "In public housing the rent follows the income. Tell NYCHA when the income goes down.",
      when = "rental_type == 'nycha'", cite = "42 USC 1437a", verified = false, code = "drie.nycha" },
    note { "A market rental is not covered. Check it first: many tenants do not know that their home is stabilized.",
      when = "rental_type == 'market'", cite = "NYC Administrative Code 26-504", verified = false,
      code = "drie.check_regulated" },
  },

  documents = {
    document { "The lease of this year and of the year before", verified = false },
    document { "Award letter of the disability benefit", verified = false },
    document { "Tax return, or award letters, of everybody in the home", verified = false },
    document { "Social Security number", when = "ssn_or_none ~= 'none'", verified = false },
  },

  next_step = first {
    { "Apply to the City's housing department (HPD).", when = "rental_type == 'mitchell_lama'", verified = false },
    { "Apply to the Department of Finance.", otherwise = true, verified = false },
  },
  cannot = { "lower the rent of the past (not verified)", "cover a home whose rent is not regulated" },
  review = { months = 12, cite = "NYC Administrative Code 26-509 (1 to 2 years)", verified = false },
}
