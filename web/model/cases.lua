-- Cases: one intake of one client, from the first answer to the assessment that is kept of it. A case is a document {id, version, at,
-- body}; its body is
--   client, worker    ids; worker: who takes the intake
--   state             "draft", "submitted" (an assessment is kept), "closed"
--   as_of             the day it is assessed for; nil: today
--   answers           item -> value as the API takes them (docs/http-api.md); what was not asked is not there
--   changed           item -> {version, at, by, from, before, before_version}: who gave the answer that stands, in which version of
--                     the case; it was typed since version `from`, and before that it was `before` (since before_version)
--   rejected          field -> {item, value or typed, code, message, hint}: what was typed and cannot be accepted. It is in no answer
--   conflicts         item -> list of {value, blank or typed {field = text}; by, at, version}: changes that came too late and wait for
--                     a decision (the merge page)
--   applied           ids of the last changes, so that one that is sent again counts once
--   sections          section (or topic) -> {done, skipped = questions left open, at, by}
--   progress          how far it was when the last page was done: {done, all = pages, open = whose turn: "worker", "nurse", nil}
--   live              program -> status as of the last answer; urgent: what is most urgent (cases.urgent_of)
--   started_at, submitted_at, submitted_version, assessment, revision, statuses {program = status}, urgent, due {program = day}
--   followed          id of a later case of the client that is kept: this one is not due again
--   based_on          {assessment, revision} that its answers come from; confirmed {item = true}: those changed or confirmed since
-- Nothing here makes HTML. What fails for a reason of the outside gives nil and the reason, as host does.

local clone = require "lib.clone"
local questions = require "model.questions"
local rules = require "lib.rules"

local cases = {}

local kind = "case"
local tries = 8 -- of a write that others come before
local remembered = 60 -- ids of changes
local waiting = 8 -- conflicts of one item

--- In the answers of a change: the answer is taken back.
cases.BLANK = setmetatable({}, { __tostring = function() return "blank" end })

-- ---- documents -------------------------------------------------------------------------------------------------------------

-- What the lists of work look for (model/work.lua): drafts, deadlines and reassessments of one worker; the cases of a program.
local keys_at_most = 60
local wanted_by_program = { likely = 1, possible = 2, need_info = 3 }

local function keys_of(body)
  local keys = host.json.array { "client:" .. body.client, "worker:" .. body.worker, "state:" .. body.state }
  local months = {}
  for _, day in pairs(not body.followed and body.due or {}) do months[day:sub(1, 7)] = true end
  for month in pairs(months) do
    keys[#keys + 1] = "due:" .. month
    keys[#keys + 1] = "due:" .. month .. ":" .. body.worker
  end
  if body.state == "draft" then
    keys[#keys + 1] = "draft:" .. body.worker
    for role in pairs(cases.waiting_for(body)) do keys[#keys + 1] = "waiting:" .. role end
  end
  if body.state ~= "closed" and body.urgent and not body.urgent.done then
    keys[#keys + 1] = "urgent"
    keys[#keys + 1] = "urgent:" .. body.worker
  end
  local programs = {}
  for program, status in pairs(body.state == "submitted" and body.statuses or {}) do
    if wanted_by_program[status] then programs[#programs + 1] = program end
  end
  table.sort(programs, function(a, b)
    local one, other = wanted_by_program[body.statuses[a]], wanted_by_program[body.statuses[b]]
    if one ~= other then return one < other end
    return a < b
  end)
  for _, program in ipairs(programs) do -- with very many programs, the least certain ones are left out
    if #keys < keys_at_most then keys[#keys + 1] = "program:" .. program end
  end
  table.sort(keys)
  return keys
end

-- The case as it is then, or nil and why not.
local function write(case)
  local version, reason = host.documents.put { kind = kind, id = case.id, expected = case.version, body = case.body,
    keys = keys_of(case.body) }
  if not version then return nil, reason end
  case.version, case.at = version, host.now()
  return case
end

-- What lists show of a case: without the answers, which are most of it. Such a case is marked partial and cannot be written.
local brief = { "client", "worker", "state", "started_at", "submitted_at", "progress", "urgent", "statuses", "due", "based_on",
  "assessment", "revision", "conflicts", "rejected", "handed_over", "followed" }

local function list(keys, limit, members)
  return host.documents.find { kind = kind, keys = keys, limit = limit or 200, members = members or brief }
end

function cases.get(id) return host.documents.get(kind, id) end

--- Lists, newest first, of what lists show: no answers (cases.get has them).
function cases.of_client(client) return list({ "client:" .. client }) end
function cases.of_worker(user, limit) return list({ "worker:" .. user }, limit) end
function cases.open(limit) return list({ "state:draft" }, limit) end
--- Drafts with a section that a role has still to fill, such as "nurse".
function cases.waiting(role, limit) return list({ "waiting:" .. role }, limit) end
--- Those with a program to be looked at again in one of the months, "2026-12"; of one worker, or of all (nil).
function cases.due(months, worker, limit)
  local keys = {}
  for index, month in ipairs(months) do keys[index] = worker and "due:" .. month .. ":" .. worker or "due:" .. month end
  return list(keys, limit)
end
--- Drafts of one worker; submitted ones with something urgent that is not done yet, of one worker or of all (nil).
function cases.drafts(worker, limit) return list({ "draft:" .. worker }, limit) end
function cases.urgent(worker, limit) return list({ worker and "urgent:" .. worker or "urgent" }, limit) end
--- Submitted ones of which a program said that it is likely, possible, or needs answers.
function cases.of_program(program, limit)
  return list({ "program:" .. program }, limit, { "client", "worker", "statuses", "submitted_at", "answers" }) -- the client's consent
end

--- A new case of a client. options: answers to begin with, based_on = {assessment, revision} they come from, confirm = true: each of
--- them has to be confirmed or changed.
function cases.create(request, client, options)
  options = options or {}
  local now, user = host.now(), request.user.id
  local body = { client = client, worker = user, state = "draft", answers = clone(options.answers or {}), changed = {},
    sections = {}, started_at = now, based_on = options.based_on, confirmed = options.confirm and {} or nil }
  for item in pairs(body.answers) do
    body.changed[item] = { version = 1, at = now, by = user, from = 1, before_version = 0 }
  end
  return write { id = host.id(client), version = 0, body = body }
end

--- Writes what change(body) makes of the body; when somebody else was faster, of theirs. For everything that is not an answer. A
--- change that gives nil writes nothing.
function cases.update(case, change)
  assert(not case.partial, "a case of a list has only some of its members: get it first")
  local current = case
  for _ = 1, tries do
    local body = change(clone(current.body))
    if not body then return current end
    local written, reason = write { id = case.id, version = current.version, body = body }
    if written then return written end
    if reason ~= "conflict" then return nil, reason end
    current, reason = cases.get(case.id)
    if not current then return nil, reason end
  end
  return nil, "conflict"
end

--- The client's name, for headings; nil when it cannot be read.
function cases.name(case)
  local client = host.documents.get("client", case.body.client)
  return client and client.body.name
end

-- ---- sections and roles --------------------------------------------------------------------------------------------------------

--- Whether a person may answer a section (of rules.form): one that a role owns is for that role alone.
function cases.may_answer(user, section)
  if section and section.role then return user.roles[section.role] == true end
  return cases.sees_all(user)
end

--- Whether a person sees all of a case. Who is a nurse alone sees the nurse's part, and the programs that it is for.
function cases.sees_all(user) return (user.roles.worker or user.roles.supervisor) == true end

--- The roles that have a section still to fill, as a set.
function cases.waiting_for(body)
  local roles, form = {}, rules.form()
  for _, section in ipairs(form and form.sections or {}) do
    local state = body.sections and body.sections[section.section]
    if section.role and not (state and state.done) then roles[section.role] = true end
  end
  return roles
end

--- A page of the intake is done: its state for `sections`, and how far the whole case is with it. The case; or nil, "forbidden".
function cases.finish(request, case, page, state, progress)
  if not cases.may_answer(request.user, page.section) then return nil, "forbidden" end
  return cases.update(case, function(body)
    local before, was = body.sections[page.id], body.progress
    if before and before.done and before.skipped == state.skipped and was and was.done == progress.done and was.all == progress.all
      and was.open == progress.open then return nil end
    body.sections[page.id], body.progress = state, progress
    return body
  end)
end

--- Whether answers were given after a version of the case.
function cases.is_changed_since(case, version)
  for _, change in pairs(case.body.changed) do
    if change.version > version then return true end
  end
  return false
end

--- Answers given after it was submitted, or to be submitted for the first time.
function cases.is_changed(case)
  local body = case.body
  return body.state == "draft" or cases.is_changed_since(case, body.submitted_version or 0)
end

-- ---- what the engine says ------------------------------------------------------------------------------------------------------

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

-- Screens; what the engine refuses is taken out of answers (which are changed), and the rest is screened again. Gives the result and
-- what was taken out: field -> {item, value, code, message, hint}.
local function screen(answers, options)
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
function cases.screen(case, options)
  options = options or {}
  local result, reason, refused = screen(clone(case.body.answers), { as_of = case.body.as_of, detail = options.detail,
    next = options.next, packs = options.packs, programs = options.programs, questions = options.questions })
  if not result then return nil, reason, refused end
  result.refused = refused
  return result
end

--- What to do first: the most urgent step of a result, or nil. {urgency, deadline, act_within, program (nil: of the whole household),
--- programs, text (what it is: the program's name, or the pack's words), level, say (what to do), phone, labels}
function cases.urgent_of(result)
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

-- What is most urgent now. What somebody has seen to stays done while it is the same thing.
local function note_urgent(body, result)
  local before, now = body.urgent, cases.urgent_of(result)
  if now and before and before.done and before.program == now.program and before.text == now.text and before.level == now.level then
    now.done = before.done
  end
  body.urgent = now
end

-- ---- answers -------------------------------------------------------------------------------------------------------------------

local same = clone.same

local function is_applied(body, id)
  for _, known in ipairs(body.applied or {}) do if known == id then return true end end
  return false
end

-- What a change does to an item that was changed since the page was made: "keep" what is there (this page never touched it: it says
-- what the answer was before), "conflict", or nil: nothing is in the way. Of one's own answers, given in another window, the last
-- one counts, but a page that merely showed the older one takes nothing back.
local function in_the_way(body, item, value, typed, version, user)
  local last = body.changed[item]
  if not last or last.version <= version or same(value, body.answers[item]) then return nil end
  if version < (last.from or 0) and version >= (last.before_version or 0) and not typed and same(value, last.before) then return "keep" end
  if last.by == user then return nil end
  return "conflict"
end

-- Changes of one person within so many microseconds are one: an answer that is being typed.
local at_once = 60 * 1000000

local function note_change(body, item, value, version, user, now)
  local last = body.changed[item]
  local note = { version = version, at = now, by = user, from = version, before = body.answers[item],
    before_version = last and last.version or 0 }
  if last and last.by == user and now - last.at <= at_once then
    note.from, note.before, note.before_version = last.from, last.before, last.before_version
  end
  body.answers[item], body.changed[item] = value, note
end

local function keep_conflict(body, item, value, wrong, version, user, now)
  body.conflicts = body.conflicts or {}
  local held = body.conflicts[item] or host.json.array {}
  body.conflicts[item] = held
  for index = #held, 1, -1 do
    if held[index].by == user then table.remove(held, index) end -- their later one counts
  end
  if #held >= waiting then table.remove(held, 1) end
  local typed
  for field, problem in pairs(wrong or {}) do
    typed = typed or {}
    typed[field] = problem.typed
  end
  held[#held + 1] = { value = value, blank = value == nil and not typed or nil, typed = typed, by = user, at = now,
    version = version }
end

-- Lays a change over a body. Gives whether anything is different, and the items in conflict.
local function lay_over(request, body, change, version)
  local user, now = request.user.id, host.now()
  local different, conflicts = false, {}
  local wrong = change.wrong or {}
  for item, given in pairs(change.answers or {}) do
    local value = clone(given)
    if given == cases.BLANK then value = nil end
    local way = change.decided and nil or in_the_way(body, item, value, wrong[item] ~= nil, change.version or version, user)
    if way == "conflict" then
      keep_conflict(body, item, value, wrong[item], change.version, user, now)
      conflicts[#conflicts + 1], different = item, true
    elseif way ~= "keep" then
      for field, held in pairs(body.rejected or {}) do
        if held.item == item then body.rejected[field], different = nil, true end
      end
      if not same(value, body.answers[item]) then
        note_change(body, item, value, version, user, now)
        different = true
        if body.confirmed then body.confirmed[item] = true end
      end
      for field, problem in pairs(wrong[item] or {}) do
        body.rejected = body.rejected or {}
        body.rejected[field], different = { item = item, typed = problem.typed, message = problem.message, code = "typed" }, true
      end
      if change.decided and body.conflicts and body.conflicts[item] then body.conflicts[item], different = nil, true end
    end
  end
  for _, item in ipairs(change.confirm or {}) do
    if body.confirmed and not body.confirmed[item] then body.confirmed[item], different = true, true end
  end
  if body.conflicts and not next(body.conflicts) then body.conflicts = nil end
  return different, conflicts
end

-- Screens what the body says; answers that cannot be accepted go to rejected. What was refused for another answer's sake is tried again.
local function settle(case, view)
  local body = case.body
  for field, held in pairs(body.rejected or {}) do
    if held.value ~= nil and field == held.item and body.answers[field] == nil then
      body.answers[field] = held.value
      body.rejected[field] = nil
    end
  end
  local before = clone(body.answers)
  local result, reason, refused = screen(body.answers, { as_of = body.as_of, detail = view.detail or "status", next = view.next,
    packs = view.packs, questions = view.questions })
  if not result then
    body.answers = before
    return nil, reason
  end
  for field, problem in pairs(refused) do
    body.rejected = body.rejected or {}
    body.rejected[field] = problem
  end
  if body.rejected and not next(body.rejected) then body.rejected = nil end
  body.live = {}
  for _, determination in ipairs(result.determinations) do body.live[determination.program] = determination.status end
  note_urgent(body, result)
  result.refused = {}
  return result
end

-- What the programs say before the first change.
local function live_of(body)
  local live, result = {}, screen(clone(body.answers), { as_of = body.as_of, detail = "status" })
  for _, determination in ipairs(result and result.determinations or {}) do live[determination.program] = determination.status end
  return live
end

local function forbidden(request, change)
  local form, list_of = rules.form(), {}
  if not form then return {} end
  for item in pairs(change.answers or {}) do
    if not form.items[item] or not form.items[item].text or not cases.may_answer(request.user, form.section_of[item]) then
      list_of[#list_of + 1] = item
    end
  end
  for _, item in ipairs(change.confirm or {}) do
    if form.items[item] and not cases.may_answer(request.user, form.section_of[item]) then list_of[#list_of + 1] = item end
  end
  return list_of
end

--- Changes answers. Who may not answer a section is refused whatever a page showed. change:
---   id        uuid of the change, or nil; a repeated one is ignored
---   version   of the case, that the page had
---   answers   item -> value or cases.BLANK
---   wrong     item -> { field -> {typed=, message=} }: what could not be read, kept beside the answers
---   confirm   list of items that stay as they are (reassessment)
---   decided   true: the merge page's: it overrides what others gave, and settles the item's conflicts
--- view: as for cases.screen (detail "status" unless told).
--- Gives the case, the engine's result, and what the programs said before (program -> status); or nil, "conflict", the items that
--- somebody else changed meanwhile to another value (the rest is saved, these wait in body.conflicts), the case, the result; or nil,
--- "forbidden", items; or nil and another reason.
function cases.change(request, id, change, view)
  local refused = forbidden(request, change)
  if #refused > 0 then return nil, "forbidden", refused end
  for _ = 1, tries do
    local case, reason = cases.get(id)
    if not case then return nil, reason end
    local body = case.body
    if body.state == "closed" then return nil, "forbidden", {} end
    if change.id and is_applied(body, change.id) then
      local again, why = cases.screen(case, view)
      return again and case, again or why
    end
    local before = body.live or live_of(body)
    local different, conflicts = lay_over(request, body, change, case.version + 1)
    local result, why = settle(case, view or {})
    if not result then return nil, why end
    local written = case
    if different then
      if change.id then
        body.applied = body.applied or host.json.array {}
        table.insert(body.applied, change.id)
        if #body.applied > remembered then table.remove(body.applied, 1) end
      end
      written, reason = write(case)
    end
    if written then
      if #conflicts > 0 then
        table.sort(conflicts)
        return nil, "conflict", conflicts, written, result
      end
      return written, result, before
    end
    if reason ~= "conflict" then return nil, reason end
  end
  return nil, "busy"
end

-- ---- keeping ---------------------------------------------------------------------------------------------------------------------

local days_in = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- The day so many months later; the last day of the month when there is no such day.
function cases.months_later(day, months)
  local year, month, of_month = day:match("^(%d+)-(%d+)-(%d+)$")
  local count = tonumber(year) * 12 + tonumber(month) - 1 + months
  year, month = count // 12, count % 12 + 1
  local last = days_in[month]
  if month == 2 and (year % 4 == 0 and year % 100 ~= 0 or year % 400 == 0) then last = 29 end
  return string.format("%04d-%02d-%02d", year, month, math.min(tonumber(of_month), last))
end

-- What a case notes of a result: statuses, what is urgent, when each program is looked at again.
local function note_result(body, result)
  body.statuses, body.due = {}, {}
  for _, determination in ipairs(result.determinations) do
    body.statuses[determination.program] = determination.status
    local review = determination.review
    if review and review.months and (determination.status == "likely" or determination.status == "possible") then
      body.due[determination.program] = cases.months_later(result.as_of, review.months)
    end
  end
  note_urgent(body, result)
end

-- Of an assessment that is corrected, answers that were taken back have to be taken back there too.
local function answers_to_keep(body)
  local answers = clone(questions.complete(body.answers))
  if body.assessment then
    local kept, reason = host.assessment { id = body.assessment, detail = "status" }
    if not kept then return nil, reason end
    for item in pairs(kept.answers) do
      if answers[item] == nil then answers[item] = { absent = "unanswered" } end
    end
  end
  return answers
end

-- Notes in the client's earlier cases that a later one is kept, so that old reassessments do not fill the lists of what is due. When that
-- fails, nothing is lost: the lists look at what came after too.
local function follow(case)
  for _, other in ipairs(cases.of_client(case.body.client) or {}) do
    local body = other.body
    if other.id ~= case.id and body.state == "submitted" and not body.followed and (body.submitted_at or 0) < case.body.submitted_at then
      local whole = cases.get(other.id)
      if whole then
        cases.update(whole, function(latest)
          latest.followed = case.id
          return latest
        end)
      end
    end
  end
end

--- Keeps an assessment of the case, or a new revision of the one that it has. Sent twice for the same version, or again at once with
--- nothing changed, it is one. Gives the case and the result; or nil, reason, problems.
function cases.submit(request, case)
  local body = case.body
  local as_of = body.as_of or host.today()
  if body.assessment and not cases.is_changed(case) and host.now() - body.submitted_at <= at_once then -- pressed twice
    local kept, problem = host.assessment { id = body.assessment, revision = body.revision, detail = "status" }
    if not kept then return nil, problem end
    return case, kept
  end
  local answers, reason = answers_to_keep(body)
  if not answers then return nil, reason end
  local result, why, problems = host.keep { answers = answers, as_of = as_of, assessment = body.assessment,
    expected = body.assessment and body.revision or nil,
    key = "case/" .. case.id .. "/" .. case.version .. "/" .. as_of }
  if not result then return nil, why, problems end
  local version, now = case.version, host.now()
  local written
  written, why = cases.update(case, function(latest)
    latest.state, latest.submitted_at, latest.submitted_version = "submitted", now, version
    latest.submitted_by, latest.followed = request.user.id, nil
    latest.assessment, latest.revision = result.id, result.revision
    note_result(latest, result)
    return latest
  end)
  if not written then return nil, why end
  follow(written)
  return written, result
end

return cases
