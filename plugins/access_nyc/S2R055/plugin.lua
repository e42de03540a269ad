local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R055.drl"

return program {
  id      = "S2R055",
  name    = "NYC Housing Connect",
  agency  = "HPD",
  helps   = "Lotteries for new homes with a lower rent.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "somebody of 18 or older lives in the home",
      "age >= S2R055_age.from or any(household_roster, member.age >= S2R055_age.from)",
      code = "S2R055.adult" },
    rule { "cash and savings are within the limit", "liquid_assets <= S2R055_cash_limit", code = "S2R055.cash" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R055_income_limit[household_size]",
      code = "S2R055.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R055.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Make a profile in NYC Housing Connect.", otherwise = true, verified = false } },
  cannot = { "promise a home: a lottery decides (not verified)" },
}
