-- The City's file has no condition: every household may be eligible.

local CITE = "NYCOpportunity/ACCESS-NYC-Rules 1.43, S2R056.drl"

return program {
  id      = "S2R056",
  name    = "Community Food Connection",
  agency  = "HRA",
  helps   = "Free food from pantries and community kitchens.",
  cite    = CITE,
  version = "2026.1",

  eligible = all { cite = CITE,
    rule { "every household may be eligible", "true", code = "S2R056.everybody" } },

  next_step = first { { "Call 311 and ask for a food pantry.", otherwise = true, verified = false } },
  cannot = { "give money (not verified)" },
}
