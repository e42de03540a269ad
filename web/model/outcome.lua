-- What came out of a case: its result, kept or as it is now; the determinations in the order in which to act on them; deadlines, and
-- the documents of all programs together. No HTML.

local cases = require "model.cases"
local clone = require "lib.clone"
local days = require "lib.days"
local questions = require "model.questions"
local screening = require "model.screening"

local outcome = {}

--- The result of a case. Kept: as it was determined then (host.assessment). Not kept yet, or changed since: live. detail as for
--- host.screen. Gives the result and whether it is the kept one; or nil, reason, problems. A kept one whose criteria today's engine
--- cannot show has result.no_tree.
function outcome.of(case, detail)
  local body = case.body
  if body.assessment and not cases.is_changed(case) then
    local ask = { id = body.assessment, revision = body.revision, detail = detail }
    local result, reason, problems = host.assessment(ask)
    if not result and reason == "other-rules" and detail == "tree" then
      ask.detail = "reasons"
      result, reason, problems = host.assessment(ask)
      if result then result.no_tree = true end
    end
    if not result then return nil, reason, problems end
    return result, true
  end
  local result, reason, problems = screening.of(case, { detail = detail, next = true })
  if not result then return nil, reason, problems end
  return result, false
end

-- Asks the engine about a case's answers; without those that today's rules do not accept, when there are any.
local function of_answers(case, ask, call)
  call.answers = questions.complete(case.body.answers)
  local found, reason = ask(call)
  if found or reason ~= "unacceptable" then return found, reason end
  local accepted = clone(case.body.answers)
  local result, why = screening.answers(accepted, { as_of = call.as_of, detail = "status" })
  if not result then return nil, why end
  call.answers = questions.complete(accepted)
  return ask(call)
end

--- What is asked next, and what need not be asked and why (host.next), of a case's answers as they are. nil, reason.
function outcome.next(case) return of_answers(case, host.next, { as_of = case.body.as_of }) end

--- What would change what a program says (host.what_if), of the same day as a result. nil, reason.
function outcome.what_if(case, result, program)
  return of_answers(case, host.what_if, { as_of = result.as_of, program = program })
end

--- The determination of one program, or nil.
function outcome.find(result, program)
  for _, determination in ipairs(result.determinations) do
    if determination.program == program then return determination end
  end
end

-- ---- order -----------------------------------------------------------------------------------------------------------------------

--- The statuses in the order in which they are shown.
outcome.statuses = { "likely", "possible", "need_info", "unlikely", "withheld", "error" }
local ranks = {}
for rank, status in ipairs(outcome.statuses) do ranks[status] = rank end

--- How good a status is for the person: 4 likely, 3 possible, 2 needs answers, 1 unlikely, 0 nothing is known.
function outcome.worth(status) return math.max(0, 5 - (ranks[status] or 5)) end

--- How urgent a determination is, 0 (now) to 7 (routine). What is ruled out is not urgent.
function outcome.urgency(determination)
  local status = determination.status
  if status == "unlikely" or status == "withheld" or status == "error" then return 7 end
  return determination.level and determination.level.urgency or 7
end

--- Whether it stands above what can wait.
function outcome.is_soon(determination) return outcome.urgency(determination) <= 6 end

--- The determinations: the most urgent first, then likely, possible, needs answers, unlikely, not shared, failed; then by name.
function outcome.sorted(result)
  local list = table.move(result.determinations, 1, #result.determinations, 1, {})
  table.sort(list, function(a, b)
    local first, second = outcome.urgency(a), outcome.urgency(b)
    if first ~= second then return first < second end
    first, second = ranks[a.status] or 6, ranks[b.status] or 6
    if first ~= second then return first < second end
    if a.name ~= b.name then return a.name < b.name end
    return a.program < b.program
  end)
  return list
end

--- How many programs say what: status -> count.
function outcome.counts(result)
  local counts = {}
  for _, determination in ipairs(result.determinations) do
    local status = ranks[determination.status] and determination.status or "error"
    counts[status] = (counts[status] or 0) + 1
  end
  return counts
end

-- ---- what is asked of the person ---------------------------------------------------------------------------------------------------

local function fits(determination)
  return determination.status == "likely" or determination.status == "possible"
end
outcome.fits = fits

--- The documents that likely and possible programs ask for, each once: list of { text, needed (true; false: only in some cases),
--- verified, programs = list of { program, name } }. What the most programs ask for comes first.
function outcome.documents(determinations)
  local list, known = {}, {}
  for _, determination in ipairs(determinations) do
    for _, document in ipairs(fits(determination) and determination.documents or {}) do
      local entry = known[document.text]
      if not entry then
        entry = { text = document.text, needed = false, verified = true, programs = {}, order = #list + 1 }
        known[document.text] = entry
        list[#list + 1] = entry
      end
      entry.needed = entry.needed or document.needed == true
      entry.verified = entry.verified and document.verified
      entry.programs[#entry.programs + 1] = { program = determination.program, name = determination.name }
    end
  end
  table.sort(list, function(a, b)
    if a.needed ~= b.needed then return a.needed end
    if #a.programs ~= #b.programs then return #a.programs > #b.programs end
    return a.order < b.order
  end)
  return list
end

--- The deadlines of programs that are not ruled out, the earliest first: list of { deadline, urgency, program, name, level, status,
--- act_within, verified }.
function outcome.deadlines(determinations)
  local list = {}
  for _, determination in ipairs(determinations) do
    local level = determination.level
    if level and level.deadline and (fits(determination) or determination.status == "need_info") then
      list[#list + 1] = { deadline = level.deadline, urgency = level.urgency, program = determination.program,
        name = determination.name, level = level.name, status = determination.status, act_within = level.act_within,
        verified = level.verified }
    end
  end
  table.sort(list, function(a, b)
    if a.deadline ~= b.deadline then return a.deadline < b.deadline end
    if a.urgency ~= b.urgency then return a.urgency < b.urgency end
    return a.name < b.name
  end)
  return list
end

--- What to do first, without what a program's own card says as well: the steps of the ladder that belong to no single program, then
--- the most urgent programs' levels (urgency up to limit).
function outcome.first_steps(result, limit)
  local list = {}
  for _, step in ipairs(result.first_steps or {}) do
    if step.urgency <= (limit or 4) then list[#list + 1] = step end
  end
  return list
end

-- ---- why -------------------------------------------------------------------------------------------------------------------------

local function texts_of(node, wanted, list)
  for _, child in ipairs(node.children or {}) do
    if child.value == wanted then
      if child.text then list[#list + 1] = child.text else texts_of(child, wanted, list) end
    end
  end
  return list
end

--- The criteria that decided, as texts of the program: "met" with what holds, "unmet" with what does not, "possible" with what is left
--- to somebody's judgement, "missing" (nothing decided yet), "other". Gives the kind and the list.
function outcome.why(determination)
  local list = {}
  local function of_kind(kind)
    for _, reason in ipairs(determination.reasons or {}) do
      if reason.kind == kind then list[#list + 1] = reason.text end
    end
    return list
  end
  local status = determination.status
  if status == "possible" then return "possible", of_kind("possible") end
  if status == "unlikely" then return "unmet", of_kind("unmet") end
  if status == "need_info" then return "missing", list end
  if status ~= "likely" then return "other", of_kind(status) end
  if not determination.criteria then return "met", list end
  local root = determination.criteria
  if root.kind == "rule" or root.text then return "met", { root.text } end
  return "met", texts_of(root, true, list)
end

--- The notes of a determination: what to know.
function outcome.notes(determination)
  local list = {}
  for _, reason in ipairs(determination.reasons or {}) do
    if reason.kind == "note" then list[#list + 1] = reason end
  end
  return list
end

--- When to look again at what is likely or possible: program -> day.
function outcome.due(result)
  local due = {}
  for _, determination in ipairs(result.determinations) do
    local review = determination.review
    if fits(determination) and review and review.months then
      due[determination.program] = days.months_later(result.as_of, review.months)
    end
  end
  return due
end

return outcome
