-- Answers that the script sends as they are given. It gets the parts of the page that follow from them: the list of sections, the
-- questions, the panel. The page that it is says itself in the address: section= (and step=), or deciding= (the items it shows).

local answers = require "model.answers"
local cases = require "model.cases"
local changes = require "model.changes"
local deciding = require "view.intake_deciding"
local frame = require "view.intake_frame"
local h = require "lib.html"
local intake = require "model.intake"
local questions = require "model.questions"
local section = require "view.intake_section"
local ui = require "lib.ui"

local function part(id, node) return { id = id, html = h.render(node) } end

-- The page that sent the change: content(v) makes its questions, entries are those that it may change.
local function page_of(request, made)
  local page = made.by_id[request.query.section or ""]
  if page then
    local step = math.tointeger(tonumber(request.query.step or ""))
    local entries = page.entries
    if page.steps then
      if not step or not page.steps[step] then return nil end
      entries = page.steps[step].entries
    end
    return { page = page, entries = entries, content = function(v)
      return section.content(request, v, page, step, entries, page.steps and intake.steps(v, page))
    end }
  end
  local chosen = deciding.chosen(made, request.query.deciding)
  if not chosen then return nil end
  return { deciding = true, entries = chosen, content = function(v) return deciding.content(request, v, chosen) end }
end

-- Where the focus goes after a button of a list.
local function focus_of(form, v)
  local name = form.add
  if name then
    local list = v.body.answers
    for step in name:gmatch("[^.]+") do
      if type(list) ~= "table" then return nil end
      list = list[tonumber(step) and tonumber(step) + 1 or step]
    end
    local item = v.made.items[name:match("^[^.]+")]
    local field = item
    for step in name:gmatch("[^.]+") do
      for _, one in ipairs(field and field.fields or {}) do if one.id == step then field = one break end end
    end
    local fields = field and field.fields and answers.asked_fields(field)
    if type(list) == "table" and #list > 0 and fields and fields[1] then
      return ui.id(name .. "." .. (#list - 1) .. "." .. fields[1].id)
    end
    return nil
  end
  if form.remove then return ui.id(form.remove:match("^(.*)%.%d+$") or form.remove) .. "-add" end
end

-- What is wrong with the answers that were sent.
local function errors_of(request, v, ids)
  local sent, list = {}, host.json.array {}
  for _, id in ipairs(ids) do sent[id] = true end
  for _, problem in ipairs(answers.errors(request, v.made.items, v.rejected)) do
    if sent[problem.item] then list[#list + 1] = { field = problem.field, message = problem.message } end
  end
  return list
end

local function save(request)
  local made, reason = questions.of()
  if not made then return { failed = reason } end
  local asked = page_of(request, made)
  if not asked then return { status = 404 } end
  -- What comes back is the page: only for those who may fill it in.
  if asked.page and not cases.may_answer(request.user, asked.page.section) then return { status = 403 } end
  if asked.deciding and not cases.may_answer(request.user, nil) then return { status = 403 } end
  local change, ids = section.change_of(request, { made = made }, asked.entries)
  change.id = change.id and change.id:match("^[%x-]+$") and #change.id <= 40 and change.id or nil
  local case, second, third, late, result = changes.apply(request, request.params.id, change, intake.view)
  local before
  if case then
    result, before = second, third
  elseif second == "conflict" then
    case = late
  elseif second == "forbidden" then
    local list = host.json.array {}
    for index, id in ipairs(ids) do list[index] = { field = id, message = request.t("Your role cannot answer this.") } end
    return { status = 422, json = { errors = list } }
  else
    return { failed = second }
  end
  local v
  v, reason = intake.of(request, case, result)
  if not v then return { failed = reason } end
  v.quiet = {}
  for _, id in ipairs(ids) do v.quiet[id] = true end
  local here = { page = asked.page, deciding = asked.deciding }
  local reply = { version = case.version, saved_at = request.time(case.at), say = frame.say(request, before, v),
    errors = errors_of(request, v, ids), focus = focus_of(request.form, v),
    merge = #intake.conflicts(v) > 0 and "/cases/" .. case.id .. "/merge" or nil,
    parts = host.json.array {
      part("sections", frame.sections(request, v, here)),
      part("questions", h.div{ id = "questions", asked.content(v) }),
      part("panel", frame.panel(request, v)) } }
  return { json = reply }
end

return {
  { "POST", "/cases/{id}/answers", roles = { "worker", "supervisor", "nurse" }, save },
}
