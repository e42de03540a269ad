-- Reassessment: a new case from the last answers of another, and what changed between the two: answers, and what programs say.

local cases = require "model.cases"
local clone = require "lib.clone"
local outcome = require "model.outcome"

local reassess = {}

--- Starts a new case from the answers of one whose results are kept; each answer has to be confirmed or changed. When there is one
--- already that is not finished, that one. nil, "conflict": nothing is kept of this case. nil, reason.
function reassess.start(request, case)
  local body = case.body
  if not body.assessment then return nil, "conflict" end
  local others, reason = cases.of_client(body.client)
  if not others then return nil, reason end
  for _, other in ipairs(others) do
    local from = other.body.based_on
    if other.body.state == "draft" and from and from.assessment == body.assessment and from.revision == body.revision then return other end
  end
  return cases.create(request, body.client, { answers = body.answers, confirm = true, urgent_before = body.urgent,
    based_on = { assessment = body.assessment, revision = body.revision, case = case.id } })
end

-- ---- what changed ----------------------------------------------------------------------------------------------------------------

local function answers_changed(before, after)
  local list = {}
  for id, value in pairs(after) do
    if not clone.same(value, before[id]) then list[#list + 1] = { item = id, before = before[id], after = value } end
  end
  for id, value in pairs(before) do
    if after[id] == nil then list[#list + 1] = { item = id, before = value } end
  end
  return list
end

local function says(determination)
  local level = determination.level or {}
  return { status = determination.status, level = level.name, deadline = level.deadline, amount = determination.amount_cents,
    per = determination.amount and determination.amount.per, rule = determination.rule and determination.rule.hash }
end

-- better, worse or other: in which direction a program moved.
local function direction(before, after)
  local first, second = outcome.worth(before.status), outcome.worth(after.status)
  if second > first then return "better" elseif second < first then return "worse" end
  return "other"
end

local function programs_moved(before, after)
  local then_, list, same = {}, {}, 0
  for _, determination in ipairs(before.determinations) do then_[determination.program] = says(determination) end
  for _, determination in ipairs(after.determinations) do
    local old, new = then_[determination.program], says(determination)
    if not old then
      list[#list + 1] = { program = determination.program, name = determination.name, after = new, direction = "other" }
    elseif old.status ~= new.status or old.level ~= new.level or outcome.fits(determination) and old.amount ~= new.amount then
      list[#list + 1] = { program = determination.program, name = determination.name, before = old, after = new,
        direction = direction(old, new), other_rule = old.rule ~= new.rule }
    else
      same = same + 1
    end
  end
  table.sort(list, function(a, b)
    local first, second = outcome.worth(a.after.status), outcome.worth(b.after.status)
    if first ~= second then return first > second end
    return a.name < b.name
  end)
  return list, same
end

--- What changed since the assessment that a case is based on: { before, after (results), kept (whether after is kept), answers = list of
--- { item, before, after }, programs = list of { program, name, before, after = {status, level, deadline, amount, per}, direction,
--- other_rule }, same = how many programs say the same }. nil, "not-found": it is based on none. nil, reason.
function reassess.changes(case)
  local from = case.body.based_on
  if not from then return nil, "not-found" end
  local before, reason = host.assessment{ id = from.assessment, revision = from.revision, detail = "reasons" }
  if not before then return nil, reason end
  local after, kept = outcome.of(case, "reasons")
  if not after then return nil, kept end
  local programs, same = programs_moved(before, after)
  return { before = before, after = after, kept = kept, answers = answers_changed(before.answers, after.answers), programs = programs,
    same = same }
end

return reassess
