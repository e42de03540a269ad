-- The three programs of the workload W1, as a Lua programmer would write them by hand for speed:
-- each takes a household's answers and returns {status, score, reasons}. Host: peer_lua.c. Rules: workload.md.

local POVERTY_200 = {2510, 3408, 4304, 5200, 6098, 6994, 7890, 8788}
local POVERTY_100 = {1255, 1704, 2152, 2600, 3049, 3497, 3945, 4394}
local ALLOTMENT = {292, 536, 768, 975, 1158, 1390, 1536, 1756}
local STANDARD = {204, 204, 204, 217, 254, 291, 291, 291}
local UTILITY = {heating = 600, basic = 310, phone = 62, none = 0}

local function snap(a)
  local r, n, fail = {}, 0, false
  local size, elderly_disabled = a.household_size, a.elderly_disabled
  if a.citizen == "other" then fail = true; n = n + 1; r[n] = "snap.citizenship" end
  local earned = a.earned_income
  local gross = earned + a.unearned_income
  local over = gross > POVERTY_200[size]
  if elderly_disabled then n = n + 1; r[n] = "snap.gross_test_waived"
  elseif over then fail = true; n = n + 1; r[n] = "snap.gross_income_over_limit" end
  if elderly_disabled and over and a.liquid_assets > 4500 then
    fail = true; n = n + 1; r[n] = "snap.assets_over_limit"
  end
  local medical = 0
  if elderly_disabled then
    medical = a.medical_expenses - 35
    if medical < 0 then medical = 0 end
  end
  local adjusted = 100 * gross - 20 * earned - 100 * (STANDARD[size] + a.dependent_care + a.child_support + medical)
  if adjusted < 0 then adjusted = 0 end
  local excess = 100 * (a.rent + UTILITY[a.utilities]) - adjusted // 2
  if excess < 0 then excess = 0 end
  if not elderly_disabled and excess > 71200 then
    excess = 71200; n = n + 1; r[n] = "snap.shelter_capped"
  end
  local net = adjusted - excess
  if net < 0 then net = 0 end
  if net > 100 * POVERTY_100[size] then fail = true; n = n + 1; r[n] = "snap.net_income_over_limit" end
  local benefit = ALLOTMENT[size] - (3 * net + 999) // 1000
  if size <= 2 and benefit < 23 then benefit = 23; n = n + 1; r[n] = "snap.minimum_benefit"
  elseif benefit <= 0 then fail = true; n = n + 1; r[n] = "snap.zero_benefit" end
  if fail then return {status = "ineligible", score = 0, reasons = r} end
  r[n + 1] = "snap.benefit=" .. benefit
  return {status = "eligible", score = benefit, reasons = r}
end

local RISKS = {"abuse", "neglect", "exploitation", "self_neglect", "hazard"}
local RISK_KEY, RISK_REASON, RISK_POINTS = {}, {}, {5, 4, 3, 3, 2}
for i, risk in ipairs(RISKS) do
  RISK_KEY[i] = "risk_" .. risk
  RISK_REASON[i] = "aps.risk." .. risk
end
local DANGER_POINTS = {none = 0, low = 2, high = 6}

local function aps(a)
  local r, n, fail, missing = {}, 0, false, false
  local age, physical, mental = a.age, a.physical_impairment, a.mental_impairment
  if age < 18 then fail = true; n = n + 1; r[n] = "aps.under_18" end
  if not physical and not mental then fail = true; n = n + 1; r[n] = "aps.no_impairment" end
  local points, any = 0, false
  for i = 1, 5 do
    if a[RISK_KEY[i]] then any = true; points = points + RISK_POINTS[i] end
  end
  if not any then fail = true; n = n + 1; r[n] = "aps.no_risk" end
  local helper = a.able_helper
  if helper == nil then missing = true; n = n + 1; r[n] = "aps.missing.able_helper"
  elseif helper then fail = true; n = n + 1; r[n] = "aps.able_helper" end
  if fail then return {status = "ineligible", score = 0, reasons = r} end
  for i = 1, 5 do
    if a[RISK_KEY[i]] then n = n + 1; r[n] = RISK_REASON[i] end
  end
  if missing then return {status = "unknown", score = 0, reasons = r} end
  if mental then points = points + 2 end
  if physical then points = points + 1 end
  points = points + DANGER_POINTS[a.danger]
  if a.living == "alone" then points = points + 2 end
  if age >= 80 then points = points + 1 end
  r[n + 1] = points >= 14 and "aps.priority.1" or points >= 8 and "aps.priority.2" or "aps.priority.3"
  return {status = "eligible", score = points, reasons = r}
end

local ADL_KEY, ADL_REASON, IADL_KEY = {}, {}, {}
for i, activity in ipairs {"bathing", "dressing", "eating", "toileting", "mobility", "transfer", "grooming",
  "continence"} do
  ADL_KEY[i] = "adl_" .. activity
  ADL_REASON[i] = "hcsp.adl." .. activity
end
for i, activity in ipairs {"meals", "housework", "laundry", "shopping", "phone", "transport", "medication", "money"} do
  IADL_KEY[i] = "iadl_" .. activity
end

local function hcsp(a)
  local r, n, fail, missing = {}, 0, false, false
  if a.age < 18 then fail = true; n = n + 1; r[n] = "hcsp.under_18" end
  if a.living == "facility" then fail = true; n = n + 1; r[n] = "hcsp.in_facility" end
  local medicaid = a.medicaid
  if medicaid == nil then missing = true; n = n + 1; r[n] = "hcsp.missing.medicaid"
  elseif medicaid == "none" or medicaid == "denied" then fail = true; n = n + 1; r[n] = "hcsp.no_medicaid"
  elseif medicaid == "pending" then n = n + 1; r[n] = "hcsp.medicaid_pending" end
  local needs, score = 0, 0
  for i = 1, 8 do
    local adl = a[ADL_KEY[i]]
    if adl >= 2 then needs = needs + 1 end
    score = score + 2 * adl + a[IADL_KEY[i]]
  end
  local dementia = a.dementia
  if needs < (dementia and 2 or 3) then fail = true; n = n + 1; r[n] = "hcsp.adl_below_threshold"
  elseif dementia then n = n + 1; r[n] = "hcsp.dementia_rule" end
  if fail then return {status = "ineligible", score = 0, reasons = r} end
  if missing then return {status = "unknown", score = 0, reasons = r} end
  for i = 1, 8 do
    if a[ADL_KEY[i]] >= 3 then n = n + 1; r[n] = ADL_REASON[i] end
  end
  r[n + 1] = score < 25 and "hcsp.hours.0-10" or score < 40 and "hcsp.hours.11-20"
    or score < 55 and "hcsp.hours.21-35" or "hcsp.hours.36+"
  return {status = "eligible", score = score, reasons = r}
end

return snap, aps, hcsp
