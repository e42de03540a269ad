-- What waits for whom: drafts to go on with, deadlines, reassessments that are due, what waits for the nurse, the cases of a program,
-- and how the team stands. Made from the cases as they are; nothing is kept here.

local cases = require "model.cases"
local clients = require "model.clients"
local days = require "lib.days"
local people = require "model.people"
local screening = require "model.screening"

local work = {}

-- How many cases a list looks at, how many days ahead a reassessment is shown, how many months back one that was missed.
local most, days_ahead, months_back = 200, 30, 11

local function months_around(today)
  local list, month = {}, today:sub(1, 7)
  for count = -months_back, 2 do list[#list + 1] = days.month_after(month, count) end
  return list
end

--- Whole days from one day to another; negative when it is past.
work.days_between = days.between

-- ---- rows --------------------------------------------------------------------------------------------------------------------

--- The client of a case, read once for each request; nil when there is none.
function work.client(request, case)
  request.clients = request.clients or {}
  local id = case.body.client
  if request.clients[id] == nil then request.clients[id] = clients.get(id) or false end
  return request.clients[id] or nil
end

local function by_last_change(a, b)
  if a.at ~= b.at then return a.at > b.at end
  return a.id > b.id
end

--- Drafts, the last touched first. worker: an id, or nil for everybody's.
function work.drafts(worker)
  local list, reason
  if worker then list, reason = cases.drafts(worker, most) else list, reason = cases.open(most) end
  if not list then return nil, reason end
  table.sort(list, by_last_change)
  return list
end

--- Whose turn it is in a draft, as it stood when its last page was done: "worker", "nurse", or nil: all is done and can be checked.
--- And how many pages were done, of how many; nil before the first.
function work.turn(case)
  local progress = case.body.progress
  if not progress then return "worker" end
  return progress.open, progress.done, progress.all
end

--- Drafts with a section that the nurse has still to fill: those where nothing else is open first, then the oldest.
function work.waiting_for_nurse()
  local list, reason = cases.waiting("nurse", most)
  if not list then return nil, reason end
  local ready = {}
  for _, case in ipairs(list) do ready[case.id] = work.turn(case) == "nurse" end
  table.sort(list, function(a, b)
    if ready[a.id] ~= ready[b.id] then return ready[a.id] end
    if a.body.started_at ~= b.body.started_at then return a.body.started_at < b.body.started_at end
    return a.id < b.id
  end)
  return list
end

-- By the ladder of urgency, then by the day.
local function more_urgent(a, b)
  if a.overdue ~= b.overdue then return a.overdue end
  local one, other = a.urgent.urgency or 9, b.urgent.urgency or 9
  if one ~= other then return one < other end
  if (a.day or "9") ~= (b.day or "9") then return (a.day or "9") < (b.day or "9") end
  return a.case.id > b.case.id
end

--- What has a deadline and is not done: a list of { case, urgent, day ("YYYY-MM-DD" or nil), overdue }.
function work.deadlines(worker, today)
  local list, reason = cases.urgent(worker, most)
  if not list then return nil, reason end
  local rows = {}
  for index, case in ipairs(list) do
    local urgent = case.body.urgent
    local day = type(urgent.deadline) == "string" and urgent.deadline:match("^%d%d%d%d%-%d%d%-%d%d") or nil
    rows[index] = { case = case, urgent = urgent, day = day, overdue = day ~= nil and day < today }
  end
  table.sort(rows, more_urgent)
  return rows
end

--- What tells one thing to do from another: a text for a form, which tells nobody what it is.
function work.mark(urgent)
  return host.seal(host.json.encode { program = urgent.program, text = urgent.text, level = urgent.level })
end

--- Notes that what was urgent has been seen to. mark: of what was seen. The case, and whether it is noted: something else may be the
--- most urgent by now; or nil, reason.
function work.settle_urgent(request, case, mark)
  local text = host.unseal(mark)
  local seen, noted = text and host.json.decode(text), false
  local written, reason = cases.update(case, function(body)
    noted = screening.is_same_urgent(body.urgent, seen)
    if not noted or body.urgent.done then return nil end
    body.urgent.done = { at = request.now, by = request.user.id }
    return body
  end)
  if not written then return nil, reason end
  return written, noted
end

-- What came after a submitted case: "again" (a newer one is kept), or the draft of its reassessment.
local function followed_by(case)
  local list = cases.of_client(case.body.client) or {}
  local draft
  for _, other in ipairs(list) do
    local body = other.body
    if other.id ~= case.id then
      if body.state == "submitted" and (body.submitted_at or 0) > (case.body.submitted_at or 0) then return "again" end
      if body.state == "draft" and body.based_on and body.based_on.assessment == case.body.assessment then draft = other end
    end
  end
  return draft
end

--- Reassessments that are due, or will be within 30 days, the longest due first: a list of { case, programs = list of
--- { program, day }, day (the first), overdue, draft (the reassessment's, when it is under way) }.
function work.due(worker, today)
  local list, reason = cases.due(months_around(today), worker, most)
  if not list then return nil, reason end
  local rows = {}
  for _, case in ipairs(list) do
    local programs = {}
    for program, day in pairs(case.body.due or {}) do
      if days.between(today, day) <= days_ahead then programs[#programs + 1] = { program = program, day = day } end
    end
    local after = #programs > 0 and case.body.state == "submitted" and followed_by(case)
    if after ~= false and after ~= "again" then
      table.sort(programs, function(a, b)
        if a.day ~= b.day then return a.day < b.day end
        return a.program < b.program
      end)
      rows[#rows + 1] = { case = case, programs = programs, day = programs[1].day, overdue = programs[1].day < today, draft = after }
    end
  end
  table.sort(rows, function(a, b)
    if a.day ~= b.day then return a.day < b.day end
    return a.case.id < b.case.id
  end)
  return rows
end

-- ---- the cases of one program ---------------------------------------------------------------------------------------------------

-- Whether the client said that the program may see the answers; nil when the form does not ask for this program.
local function has_consent(body, asked, program)
  if not asked[program] then return nil end
  local given = body.answers.consent_by_program
  if type(given) ~= "table" then return false end
  for _, one in ipairs(given) do if one == program then return true end end
  return false
end

--- Cases that a program's staff may follow: it said likely, possible or needs answers, and the client lets it see the answers where
--- the form asks that. form: rules.form(). A list of { case, status }, the newest first; and how many are kept back for want of consent.
function work.of_program(program, form)
  local list, reason = cases.of_program(program, most)
  if not list then return nil, reason end
  local asked, rows, kept_back, item = {}, {}, 0, form and form.items.consent_by_program
  for _, option in ipairs(item and item.options or {}) do asked[option.id] = true end
  for _, case in ipairs(list) do
    if has_consent(case.body, asked, program) == false then
      kept_back = kept_back + 1
    else
      rows[#rows + 1] = { case = case, status = case.body.statuses[program] }
    end
  end
  return rows, kept_back
end

-- ---- the team -------------------------------------------------------------------------------------------------------------------------

--- How each person who takes cases stands: a list of { user, drafts, overdue (deadlines that passed), urgent, due (reassessments),
--- last (microseconds, or nil) }, and those whose cases belong to nobody who signs in any more are not in it.
function work.team(request)
  local rows = {}
  for index, user in ipairs(people.who_take_cases(request)) do
    local drafts, reason = work.drafts(user.id)
    if not drafts then return nil, reason end
    local urgent = work.deadlines(user.id, request.today) or {}
    local due = work.due(user.id, request.today) or {}
    local overdue, last = 0, drafts[1] and drafts[1].at
    for _, row in ipairs(urgent) do if row.overdue then overdue = overdue + 1 end end
    for _, case in ipairs(cases.of_worker(user.id, 5) or {}) do if not last or case.at > last then last = case.at end end
    rows[index] = { user = user, drafts = #drafts, urgent = #urgent, overdue = overdue, due = #due, last = last }
  end
  return rows
end

--- Hands a case to another person who takes cases. The case; or nil, "unacceptable" (nobody like that) or another reason.
function work.hand_over(request, case, to)
  local user = people.of(request, to)
  if not user or user.disabled or not (user.roles.worker or user.roles.supervisor) then return nil, "unacceptable" end
  return cases.update(case, function(body)
    if body.worker == to then return nil end
    body.handed_over = { from = body.worker, by = request.user.id, at = request.now }
    body.worker = to
    return body
  end)
end

return work
