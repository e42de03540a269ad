local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R013.drl"

return program {
  id      = "S2R013",
  name    = "Section 8 (Housing Choice Voucher)",
  agency  = "NYCHA",
  helps   = "A voucher that pays part of the rent.",
  cite    = "24 CFR 982; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "lives in New York City", "lives_in_nyc", code = "S2R013.nyc" },
    rule { "the client is 18 or older", "age >= S2R013_age.from", code = "S2R013.age" },
    rule { "the household's yearly income is within the limit for its size",
      "household_size <= city_sizes.largest and income_household_total_yearly <= " ..
      "S2R013_income_limit[household_size]",
      code = "S2R013.income" } },

  notes = {
    note { "The City's table ends at eight people. Ask the agency: it may have a limit for larger households.",
      when = "household_size > city_sizes.largest",
      code = "S2R013.larger", verified = false },
  },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "See whether the NYCHA waiting list is open.", otherwise = true, verified = false } },
  cannot = { "skip the waiting list (not verified)" },
}
