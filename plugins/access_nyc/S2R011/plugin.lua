-- The City's file has no condition: every household may be eligible.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R011.drl"

return program {
  id      = "S2R011",
  name    = "Qualified Health Plans",
  agency  = "NY State of Health",
  helps   = "Health insurance from the state marketplace.",
  cite    = "45 CFR 155; " .. CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "every household may be eligible", "true", code = "S2R011.everybody" } },

  documents = {
    document { "Proof of identity", verified = false },
    document { "Proof of income", verified = false },
  },
  next_step = first { { "Apply at NY State of Health, 855-355-5777.", otherwise = true, verified = false } },
  cannot = { "start on any day: most people enroll in a set season (not verified)" },
}
