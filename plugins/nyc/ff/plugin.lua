-- Fair Fares NYC: half price on subway, bus or Access-A-Ride. Each adult applies alone.
--
-- The limit is the one that was read (150 % of the guideline of 2025). An income between it and 150 % of the guideline
-- of 2026 is above it, and a note says that the City's newer screening rules would let it in.

local RULES = "Fair Fares NYC program rules; ACCESS-NYC-Rules S2R034"

return program {
  id      = "ff",
  name    = "Fair Fares NYC",
  agency  = "HRA",
  helps   = "Half price on the subway, buses or Access-A-Ride.",
  cite    = "Fair Fares NYC (a program of the City)",
  version = "2026.1",
  url     = "https://www.nyc.gov/fairfares",

  worksheet = {
    line { "income_limit", "fair_fares_income_limit[household_size]", text = "150 % of poverty (guideline of 2025)",
      cite = RULES },
  },

  eligible = all {
    rule { "is 18 or older", "age >= fair_fares_age.from", cite = RULES, code = "ff.adult" },
    rule { "is not older than 64", "age <= fair_fares_age.to", cite = RULES, code = "ff.under_65" },
    rule { "lives in New York City", "lives_in_nyc", cite = RULES, code = "ff.nyc" },
    rule { "income is at most 150 % of poverty", "gross_yearly <= income_limit", cite = RULES, code = "ff.income" },
    rule { "has no other lower fare", "not has_access_a_ride_or_reduced_fare", cite = RULES, verified = false,
      code = "ff.no_other_discount" },
  },

  level = first {
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "From 65 there is the MTA's reduced fare, whatever the income: apply for it instead.",
      when = "age > fair_fares_age.to", cite = "MTA reduced fare", verified = false, code = "ff.reduced_fare_age" },
    note { "With a disability there is the MTA's reduced fare or Access-A-Ride, whatever the income.",
      when = "age <= fair_fares_age.to and (legally_blind or ssi_monthly > 0 or ssdi_monthly > 0 or has_medicare)",
      cite = "MTA reduced fare", verified = false, code = "ff.reduced_fare_disability" },
    note { "Under 18: students get a student fare from the school.", when = "age < fair_fares_age.from",
      cite = "NYC Public Schools student fares", verified = false, code = "ff.student_fare" },
    note { "Income is above the limit that was read, but within 150 % of the newer poverty line. The City's newer " ..
           "screening rules use that one: apply, and let HRA decide.",
      when = "gross_yearly > income_limit and gross_yearly <= fair_fares_newer_limit[household_size]",
      cite = "NYCOpportunity/benefits-screening-rules", code = "ff.newer_limit" },
    note { "Each adult of 18 to 64 in the home applies alone.",
      when = "any(household_roster, member.age >= fair_fares_age.from and member.age <= fair_fares_age.to)",
      cite = RULES, verified = false, code = "ff.each_adult" },
    note { "Already has a lower fare: one person can have one of them only.", when = "has_access_a_ride_or_reduced_fare",
      cite = RULES, verified = false, code = "ff.has_discount" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Proof of where you live", verified = false },
    document { "Letter or card of SNAP or Cash Assistance, in place of other proof of income",
      when = "has_snap or cash_assistance_monthly > 0", verified = false },
    document { "Proof of income", when = "not has_snap and cash_assistance_monthly == 0", verified = false },
  },

  next_step = first {
    { "Apply at nyc.gov/fairfares.", otherwise = true, verified = false },
  },
  cannot = { "serve people of 65 or older: they use the reduced fare" },
  review = { months = 12, cite = "Fair Fares NYC program rules (yearly)", verified = false },
}
