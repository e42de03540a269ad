-- How the answers of a case change: laid over what is there, with two people at once, once each, screened and written.

local cases = require "model.cases"
local clone = require "lib.clone"
local rules = require "lib.rules"
local screening = require "model.screening"

local changes = {}

local tries = 8 -- of a write that others come before
local remembered = 60 -- ids of changes
local waiting = 8 -- conflicts of one item

--- In the answers of a change: the answer is taken back.
changes.BLANK = setmetatable({}, { __tostring = function() return "blank" end })

-- ---- two people at once ------------------------------------------------------------------------------------------------------

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

-- ---- one change --------------------------------------------------------------------------------------------------------------

-- Lays a change over a body. Gives whether anything is different, and the items in conflict.
local function lay_over(request, body, change, version)
  local user, now = request.user.id, host.now()
  local different, conflicts = false, {}
  local wrong = change.wrong or {}
  for item, given in pairs(change.answers or {}) do
    local value = clone(given)
    if given == changes.BLANK then value = nil end
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

-- An answer whose question is gone is nobody's mistake: it is put away, and back when the form asks it again.
local function bring_back(body)
  local form = rules.form()
  for item, value in pairs(form and body.retired or {}) do
    if form.items[item] then
      if body.answers[item] == nil then body.answers[item] = value end
      body.retired[item] = nil
    end
  end
end

-- Screens what the body says; answers that cannot be accepted go to rejected. What was refused for another answer's sake is tried again.
local function settle(case, view)
  local body = case.body
  bring_back(body)
  for field, held in pairs(body.rejected or {}) do
    if held.value ~= nil and field == held.item and body.answers[field] == nil then
      body.answers[field] = held.value
      body.rejected[field] = nil
    end
  end
  local before = clone(body.answers)
  local result, reason, refused = screening.answers(body.answers, { as_of = body.as_of, detail = view.detail or "status", next = view.next,
    packs = view.packs, questions = view.questions })
  if not result then
    body.answers = before
    return nil, reason
  end
  for field, problem in pairs(refused) do
    local kept = screening.is_gone(problem) and "retired" or "rejected"
    body[kept] = body[kept] or {}
    body[kept][field] = kept == "retired" and problem.value or problem
  end
  for _, kept in ipairs { "retired", "rejected" } do
    if body[kept] and not next(body[kept]) then body[kept] = nil end
  end
  body.live = {}
  for _, determination in ipairs(result.determinations) do body.live[determination.program] = determination.status end
  screening.note_urgent(body, result)
  result.refused = {}
  return result
end

-- What the programs say before the first change.
local function live_of(body)
  local live, result = {}, screening.answers(clone(body.answers), { as_of = body.as_of, detail = "status" })
  for _, determination in ipairs(result and result.determinations or {}) do live[determination.program] = determination.status end
  return live
end

-- The items of a change that this person may not answer, or that are none; nil, reason when that cannot be known.
local function forbidden(request, change)
  local form, reason = rules.form()
  if not form then return nil, reason end
  local list_of = {}
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
---   answers   item -> value or changes.BLANK
---   wrong     item -> { field -> {typed=, message=} }: what could not be read, kept beside the answers
---   confirm   list of items that stay as they are (reassessment)
---   decided   true: the merge page's: it overrides what others gave, and settles the item's conflicts; of the very version that was
---             looked at alone
--- view: as for screening.of (detail "status" unless told).
--- Gives the case, the engine's result, and what the programs said before (program -> status); or nil, "conflict", the items that
--- somebody else changed meanwhile to another value (the rest is saved, these wait in body.conflicts), the case, the result; or nil,
--- "forbidden", items; or nil and another reason.
function changes.apply(request, id, change, view)
  local refused, unknown = forbidden(request, change)
  if not refused then return nil, unknown end
  if #refused > 0 then return nil, "forbidden", refused end
  for _ = 1, tries do
    local case, reason = cases.get(id)
    if not case then return nil, reason end
    local body = case.body
    if body.state == "closed" then return nil, "forbidden", {} end
    if change.decided and change.version ~= case.version then return nil, "conflict", {}, case end
    if change.id and is_applied(body, change.id) then
      local again, why = screening.of(case, view)
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
      written, reason = cases.write(case)
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

return changes
