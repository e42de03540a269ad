-- NYCBenefits navigators: community workers who help people claim a benefit that they likely can have and do not get.
--
-- Reads what the programs of benefits say. A benefit that somebody gets now is not counted: Cash Assistance, SNAP and
-- Medicaid have a question of their own; of the others the person can tick here what they get. That question does not
-- hold up the answer: what is not ticked counts as not received.
--
-- The score is the number of benefits that are likely and not received; it is absent until all are decided. It says
-- nothing of money: an estimate stands with the programs that can make one (SNAP, Cash Assistance).

local STUDY = "Case Management Services for DSS/HRA/DHS Clients, 2026"

-- Violence at home as the only reason for child care is told in confidence: without consent to this program it changes
-- nothing here, and child care assistance is not counted.
local TOLD_IN_CONFIDENCE =
  "answered(child_care_reason) and has(child_care_reason, 'dv') and count(child_care_reason) == 1 and " ..
  "not (answered(consent_by_program) and has(consent_by_program, 'navig'))"

-- In the order in which benefits feed each other. gets: the answer that it is there; without one the tick in
-- benefits_now. surely: the program is never only possible. unless: then it is not counted.
local BENEFITS = {
  { "ca", "Cash Assistance", gets = "cash_assistance_monthly > 0" },
  { "snap", "SNAP", gets = "has_snap" },
  { "med", "Medicaid", gets = "has_medicaid ~= 'none'" },
  { "heap", "HEAP" },
  { "wic", "WIC" },
  { "ccap", "child care assistance", surely = true, unless = TOLD_IN_CONFIDENCE },
  { "ff", "Fair Fares", surely = true },
  { "eitc", "the Earned Income Tax Credit" },
  { "scrie", "SCRIE" },
  { "drie", "DRIE" },
}

local function unclaimed(benefit, status)
  local gets = benefit.gets or "answered(benefits_now) and has(benefits_now, '" .. benefit[1] .. "')"
  local counts = benefit.unless and "not (" .. benefit.unless .. ") and " or ""
  return counts .. "status." .. benefit[1] .. " == '" .. status .. "' and not (" .. gets .. ")"
end

local function lines()
  local list, sum = {}, {}
  for i, benefit in ipairs(BENEFITS) do
    list[i] = line { "unclaimed_" .. benefit[1], unclaimed(benefit, "likely"),
      text = benefit[2] .. " is likely and not received", cite = STUDY }
    sum[i] = "(unclaimed_" .. benefit[1] .. " and navig_benefit_points or 0)"
  end
  table.insert(list, line { "likely_unclaimed", table.concat(sum, " + "),
    text = "Benefits that are likely and not received", cite = STUDY })
  return list
end

local function likely(coded)
  local rules = {}
  for i, benefit in ipairs(BENEFITS) do
    rules[i] = rule { benefit[2] .. " is likely and not received", "unclaimed_" .. benefit[1], cite = STUDY,
      code = coded and "navig." .. benefit[1] or nil }
  end
  return rules
end

local function possible()
  local rules = {}
  for _, benefit in ipairs(BENEFITS) do
    if not benefit.surely then
      table.insert(rules, rule { benefit[2] .. " is possible and not received", unclaimed(benefit, "possible"),
        cite = STUDY, code = "navig.possible_" .. benefit[1] })
    end
  end
  return rules
end

return program {
  id      = "navig",
  name    = "NYCBenefits navigators",
  agency  = "HRA, through community organizations",
  helps   = "A person who helps you apply for benefits that you likely can get.",
  cite    = STUDY,
  version = "2026.1",
  phone   = "311",

  items = {
    item { "benefits_now",
      choices {
        { "heap", "Help with heating bills (HEAP)" },
        { "wic", "WIC" },
        { "ccap", "Child care help" },
        { "ff", "Fair Fares" },
        { "eitc", "The Earned Income Tax Credit, with the last tax return" },
        { "scrie", "Rent freeze for older adults (SCRIE)" },
        { "drie", "Rent freeze for people with a disability (DRIE)" },
        { "none", "None of these" } },
      text = "Which of these do you get now?",
      why = "Then nobody helps you to apply for what you have.",
      section = "programs" },
  },

  worksheet = lines(),

  eligible = all {
    rule { "lives in New York City", "lives_in_nyc", cite = STUDY, code = "navig.nyc" },
    any { "there is a benefit to claim", cite = STUDY, any(likely(true)), any(possible()) },
  },

  possible = all { "No benefit is likely, but one is possible: a navigator helps to find out.", cite = STUDY,
    none(likely(false)) },

  level = first {
    { "food first",
      when = "(hvs_1 == 'often' or hvs_1 == 'sometimes' or hvs_2 == 'often' or hvs_2 == 'sometimes') and not has_snap",
      urgency = 7, verified = false },
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  score = "likely_unclaimed",

  notes = {
    note { "Food does not always last: tell the navigator about a food pantry, and apply for SNAP first.",
      when = "(hvs_1 == 'often' or hvs_1 == 'sometimes' or hvs_2 == 'often' or hvs_2 == 'sometimes') and not has_snap",
      cite = "Hunger Vital Sign", verified = false, code = "navig.food_first" },
    note { "Apply in this order: Cash Assistance, SNAP, Medicaid, then the others. What is granted first proves the " ..
           "income for the next.",
      when = "status.ca == 'likely' or status.snap == 'likely' or status.med == 'likely'",
      cite = "ACCESS-NYC-Rules", code = "navig.order" },
    note { "It was not asked which of HEAP, WIC, child care, Fair Fares, tax credits and rent freezes are there already.",
      when = "not answered(benefits_now) and (status.navig == 'likely' or status.navig == 'possible')",
      cite = STUDY, code = "navig.ask_benefits" },
  },

  documents = {
    document { "Photo ID", verified = false },
    document { "Proof of income", verified = false },
    document { "Proof of where you live", verified = false },
  },
  next_step = first {
    { "Ask a NYCBenefits navigator at a community organization; 311 tells where.", otherwise = true, verified = false },
  },
  cannot = { "decide who is eligible" },
}
