-- Keeping an assessment of a case: the answers as they are, what was determined of them, and what the case notes of that.

local cases = require "model.cases"
local clone = require "lib.clone"
local outcome = require "model.outcome"
local questions = require "model.questions"
local screening = require "model.screening"

local keeping = {}

-- Pressed twice within so many microseconds is pressed once.
local at_once = 60 * 1000000

-- What a case notes of a result: statuses, what is urgent, when each program is looked at again.
local function note_result(body, result)
  body.statuses, body.due = {}, outcome.due(result)
  for _, determination in ipairs(result.determinations) do body.statuses[determination.program] = determination.status end
  screening.note_urgent(body, result)
end

-- What today's rules accept of the answers: the rest is an error that the pages show, or its question is gone. Of an assessment that is
-- corrected, answers that were taken back have to be taken back there too.
local function answers_to_keep(body, as_of)
  local accepted = clone(body.answers)
  local result, why, problems = screening.answers(accepted, { as_of = as_of, detail = "status" })
  if not result then return nil, why, problems end
  local answers = clone(questions.complete(accepted))
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
function keeping.keep(request, case)
  local body = case.body
  local as_of = body.as_of or host.today()
  if body.assessment and not cases.is_changed(case) and host.now() - body.submitted_at <= at_once then -- pressed twice
    local kept, problem = host.assessment { id = body.assessment, revision = body.revision, detail = "status" }
    if not kept then return nil, problem end
    return case, kept
  end
  local answers, reason, refused = answers_to_keep(body, as_of)
  if not answers then return nil, reason, refused end
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

return keeping
