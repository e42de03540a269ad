-- Cases: one intake of one client, from the first answer to the assessment that is kept of it. What a case is, how it is read, listed and
-- written, and who may answer what. Of its answers: model/screening.lua (what the programs say of them), model/changes.lua (how they
-- change), model/keeping.lua (how an assessment is kept of them).
--
-- A case is a document {id, version, at, body}; its body is
--   client, worker    ids; worker: who takes the intake
--   state             "draft", "submitted" (an assessment is kept), "closed"
--   as_of             the day it is assessed for; nil: today
--   answers           item -> value as the API takes them (docs/http-api.md); what was not asked is not there
--   changed           item -> {version, at, by, from, before, before_version}: who gave the answer that stands, in which version of
--                     the case; it was typed since version `from`, and before that it was `before` (since before_version)
--   rejected          field -> {item, value or typed, code, message, hint}: what was typed and cannot be accepted. It is in no answer
--   retired           item -> value: answers to questions that the form has no more; they are there again when it has them again
--   conflicts         item -> list of {value, blank or typed {field = text}; by, at, version}: changes that came too late and wait for
--                     a decision (the merge page)
--   applied           ids of the last changes, so that one that is sent again counts once
--   sections          section (or topic) -> {done, skipped = questions left open, at, by}
--   progress          how far it was when the last page was done: {done, all = pages, open = whose turn: "worker", "nurse", nil}
--   live              program -> status as of the last answer; urgent: what is most urgent (screening.urgent_of)
--   started_at, submitted_at, submitted_version, assessment, revision, statuses {program = status}, urgent, due {program = day}
--   followed          id of a later case of the client that is kept: this one is not due again
--   urgent_before     what was most urgent in the case that it is based on, where that is among the deadlines until this one is kept
--   based_on          {assessment, revision} that its answers come from; confirmed {item = true}: those changed or confirmed since
-- Nothing here makes HTML. What fails for a reason of the outside gives nil and the reason, as host does.

local clone = require "lib.clone"
local rules = require "lib.rules"
local screening = require "model.screening"

local cases = {}

local kind = "case"
local tries = 8 -- of a write that others come before

-- ---- documents -------------------------------------------------------------------------------------------------------------

-- What the lists of work look for (model/work.lua): drafts, deadlines and reassessments of one worker; the cases of a program.
local keys_at_most = 60
local wanted_by_program = { likely = 1, possible = 2, need_info = 3 }

-- What is urgent stands in one list once: with the case that is kept, until a later one of the client is.
local function is_deadline(body)
  if body.state == "closed" or body.followed or not body.urgent or body.urgent.done then return false end
  return body.state ~= "draft" or not screening.is_same_urgent(body.urgent, body.urgent_before)
end

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
  if is_deadline(body) then
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

--- Writes a case whose body was changed, under the version that it was read in. The case as it is then; or nil and why not: "conflict"
--- when somebody else was faster.
function cases.write(case)
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
--- Drafts of one worker; those with something urgent that is not done yet, drafts too, of one worker or of all (nil).
function cases.drafts(worker, limit) return list({ "draft:" .. worker }, limit) end
function cases.urgent(worker, limit) return list({ worker and "urgent:" .. worker or "urgent" }, limit) end
--- Submitted ones of which a program said that it is likely, possible, or needs answers.
function cases.of_program(program, limit)
  return list({ "program:" .. program }, limit, { "client", "worker", "statuses", "submitted_at", "answers" }) -- the client's consent
end

--- A new case of a client. options: answers to begin with, based_on = {assessment, revision} they come from, urgent_before = what was
--- most urgent there, confirm = true: each of the answers has to be confirmed or changed.
function cases.create(request, client, options)
  options = options or {}
  local now, user = host.now(), request.user.id
  local body = { client = client, worker = user, state = "draft", answers = clone(options.answers or {}), changed = {},
    sections = {}, started_at = now, based_on = options.based_on, urgent_before = options.urgent_before,
    confirmed = options.confirm and {} or nil }
  for item in pairs(body.answers) do
    body.changed[item] = { version = 1, at = now, by = user, from = 1, before_version = 0 }
  end
  return cases.write { id = host.id(client), version = 0, body = body }
end

--- Writes what change(body) makes of the body; when somebody else was faster, of theirs. For everything that is not an answer. A
--- change that gives nil writes nothing.
function cases.update(case, change)
  assert(not case.partial, "a case of a list has only some of its members: get it first")
  local current = case
  for _ = 1, tries do
    local body = change(clone(current.body))
    if not body then return current end
    local written, reason = cases.write { id = case.id, version = current.version, body = body }
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

return cases
