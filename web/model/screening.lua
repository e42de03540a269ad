-- What the programs say of a case's answers, and what the rules do not accept of them. Nothing is written here.

local clone = require "lib.clone"
local questions = require "model.questions"
local rules = require "lib.rules"

local screening = {}

-- "answers.household_roster[0].dob": "household_roster", "household_roster.0.dob"
local function place_of(problem)
  local path = (problem.path or ""):match("^answers%.(.+)$")
  if not path then return nil end
  local field = path:gsub("%[(%d+)%]", ".%1")
  return field:match("^[^.]+"), field
end

-- Takes the value at a field out of answers. Gives it, or nil when nothing is there.
local function take_out(answers, field)
  local steps = {}
  for step in field:gmatch("[^.]+") do steps[#steps + 1] = step end
  local holder = answers
  for index = 1, #steps - 1 do
    local step = steps[index]
    holder = holder[math.type(tonumber(step)) == "integer" and tonumber(step) + 1 or step]
    if type(holder) ~= "table" then return nil end
  end
  local last = steps[#steps]
  if tonumber(last) then -- a whole entry: the list keeps its places
    local index = tonumber(last) + 1
    local value = holder[index]
    if type(value) == "table" then holder[index] = {} elseif value ~= nil then table.remove(holder, index) end
    return value
  end
  local value = holder[last]
  holder[last] = nil
  return value
end

--- Screens answers; what the engine refuses is taken out of them (the table is changed), and the rest is screened again. options: as for
--- screening.of, and as_of. Gives the result, nil, and what was taken out: field -> {item, value, code, message, hint}; or nil, reason,
--- problems.
function screening.answers(answers, options)
  local refused = {}
  local call = { as_of = options.as_of, detail = options.detail or "reasons", next = options.next,
    packs = options.packs, programs = options.programs, questions = options.questions }
  for _ = 1, 6 do
    call.answers = questions.complete(answers)
    local result, reason, problems = host.screen(call)
    if result then return result, nil, refused end
    if reason ~= "unacceptable" then return nil, reason, problems end
    local less = false
    for _, problem in ipairs(problems or {}) do
      local item, field = place_of(problem)
      if item and answers[item] ~= nil then
        local value = take_out(answers, field)
        if value == nil then field, value = item, take_out(answers, item) end -- it is about the whole answer
        less = less or value ~= nil
        if not refused[field] then
          refused[field] = { item = item, value = value, code = problem.code, message = problem.message, hint = problem.hint }
        end
      end
    end
    if not less then return nil, "unacceptable", problems end
  end
  return nil, "unacceptable"
end

--- The engine's result for a case as it stands. options: detail ("status", "reasons", "tree"), next = true, packs, programs,
--- questions = true (which are asked). Answers that today's rules do not accept any more are left out, and named in
--- result.refused: field -> {item, value, code, message, hint}. Otherwise nil, reason, problems.
function screening.of(case, options)
  options = options or {}
  local result, reason, refused = screening.answers(clone(case.body.answers), { as_of = case.body.as_of, detail = options.detail,
    next = options.next, packs = options.packs, programs = options.programs, questions = options.questions })
  if not result then return nil, reason, refused end
  result.refused = refused
  return result
end

--- Whether a problem is that the form has no such question any more: nobody can put that right.
function screening.is_gone(problem) return problem.code == "unknown-item" end

--- What was answered and cannot be accepted, of a case and its result: field -> {item, value or typed, code, message, hint}. Without
--- answers to questions that are gone.
function screening.refused(case, result)
  local refused = {}
  for _, fields in ipairs { case.body.rejected or {}, result.refused or {} } do
    for field, problem in pairs(fields) do
      if not screening.is_gone(problem) then refused[field] = problem end
    end
  end
  return refused
end

--- What to do first: the most urgent step of a result, or nil. {urgency, deadline, act_within, program (nil: of the whole household),
--- programs, text (what it is: the program's name, or the pack's words), level, say (what to do), phone, labels}
function screening.urgent_of(result)
  local step = result and result.first_steps and result.first_steps[1]
  if not step or not step.urgency or step.urgency > 6 then return nil end
  local known = rules.programs()
  local program = step.program or step.programs and step.programs[1]
  local found = known and program and known.by_id[program]
  local own = step.program and found
  return { urgency = step.urgency, deadline = step.deadline, act_within = step.act_within, program = step.program,
    programs = step.programs, text = own and found.name or step.text, level = own and step.text or nil, say = step.say,
    phone = found and found.phone or nil, labels = step.labels }
end

--- Whether two of them are the same thing to do, whatever the day.
function screening.is_same_urgent(a, b)
  return a ~= nil and b ~= nil and a.program == b.program and a.text == b.text and a.level == b.level
end

--- Notes in a case's body what is most urgent now. What somebody has seen to stays done while it is the same thing.
function screening.note_urgent(body, result)
  local before, now = body.urgent, screening.urgent_of(result)
  if before and before.done and screening.is_same_urgent(before, now) then now.done = before.done end
  body.urgent = now
end

return screening
