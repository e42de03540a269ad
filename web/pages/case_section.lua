-- One section of an intake: questions with what stands around them. Without script the form saves all of it and goes on; with script
-- each answer is saved as it is given (case_answers.lua), and the form only goes on.

local cases = require "model.cases"
local changes = require "model.changes"
local frame = require "view.intake_frame"
local intake = require "model.intake"
local questions = require "model.questions"
local section = require "view.intake_section"
local ui = require "lib.ui"

local workers = { "worker", "supervisor", "nurse" }

-- The page that an address names, its step of a topic, and what they ask: or nil.
local function find(v, request)
  local page = v.made.by_id[request.params.section]
  if not page or not intake.may_see(v, page) then return nil end
  if not page.steps then return page, nil, page.entries end
  local steps = intake.steps(v, page)
  local wanted = math.tointeger(tonumber(request.query.step or request.form.step or ""))
  if not wanted and steps[1] then return page, steps[1].number, steps[1].step.entries, steps end
  local step = wanted and page.steps[wanted]
  if not step then return nil end
  return page, wanted, step.entries, steps
end

-- A private topic may ask nothing any more: then work goes on elsewhere.
local function nowhere(v, request)
  local page = v.made.by_id[request.params.section]
  if page and intake.may_see(v, page) then return { redirect = "/cases/" .. v.case.id } end
  return { status = 404 }
end

local function address(v, place)
  return place and questions.address(v.case.id, place.page, place.step)
end

local function confirm_all(request, v, entries)
  local count = 0
  for _, entry in ipairs(entries) do
    if intake.is_shown(v, entry.item) and intake.is_to_confirm(v, entry.item.id) then count = count + 1 end
  end
  if count < 2 then return false end
  return ui.button(request, { kind = "outline", name = "go", value = "same",
    text = request.t("All {count} are still the same", { count = count }) })
end

local function section_page(request, v, page, step, entries, steps)
  local t = request.t
  local before, after = intake.around(v, page, step)
  local title = frame.plain_title(request, page)
  local fill = intake.may_fill(v, page)
  local errors = fill and frame.errors(request, v, entries) or {}
  local all = cases.sees_all(request.user)
  local next_text = after and t("Save and continue") or all and t("Save and check answers") or t("Save")
  local save = "/cases/" .. v.case.id .. "/answers?section=" .. page.id .. (step and "&step=" .. step or "")
  local lead
  if page.intro then lead = request.form_text(page.intro) elseif not page.steps then lead = t("You can skip any question.") end
  local next_address = address(v, after) or intake.after_all(v.case.id, request.user)
  local buttons = {
    fill and ui.button(request, { text = next_text, name = "go", value = "next" })
      or ui.button(request, { text = (after or not all) and t("Continue") or t("Check answers"), href = next_address }),
    before and ui.button(request, { text = t("Previous"), kind = "outline", name = fill and "go" or nil, value = "previous",
      href = not fill and address(v, before) or nil }),
    fill and confirm_all(request, v, entries),
    frame.saved(request, v) }
  local main = {
    frame.heading(request, v, { text = frame.title(request, page), caption = page.topic and t("Private questions") or t("Intake"),
      lead = lead }),
    frame.conflict(request, v),
    ui.form(request, { action = questions.address(v.case.id, page, step), save = fill and save or nil, version = v.case.version,
      previous = address(v, before), next = next_address,
      content = section.content(request, v, page, step, entries, steps), buttons = buttons }) }
  return { html = ui.page(request, { title = title, wide = true, live = true, nav = "clients", errors = errors,
    quick_exit = page.dangerous, main = ui.columns(request, { sections = frame.sections(request, v, { page = page }), main = main,
      panel = frame.panel(request, v) }) }) }
end

local function show(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  local page, step, entries, steps = find(v, request)
  if not page then return nowhere(v, request) end
  return section_page(request, v, page, step, entries, steps)
end

-- Where a button of a list or an answer leaves one.
local function anchor_of(request)
  local form = request.form
  local name = form.add or form.remove or form.clear or form.confirm
  return name and "#q-" .. name:match("^[%w_]*") or ""
end

local function save(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  local page, step, entries = find(v, request)
  if not page then return { status = 404 } end
  local here = questions.address(v.case.id, page, step)
  if not intake.may_fill(v, page) then return { status = 403 } end
  local case, result = changes.apply(request, v.case.id, (section.change_of(request, v, entries)), intake.view)
  if not case then return section.refused(v.case.id, result) end
  v, reason = intake.of(request, case, result)
  if not v then return { failed = reason } end
  local go = request.form.go
  if go == "previous" then
    local before = intake.around(v, page, step)
    return { redirect = address(v, before) or here }
  end
  if go ~= "next" then return { redirect = here .. anchor_of(request) } end
  if #frame.errors(request, v, entries) > 0 then return { redirect = here } end
  local _, after = intake.around(v, page, step)
  -- A topic is done when its last step is.
  if not page.steps or not after or after.page ~= page then
    local finished, why = intake.finish(request, v, page)
    if not finished then return section.refused(case.id, why) end
  end
  return { redirect = address(v, after) or intake.after_all(case.id, request.user) }
end

-- Where work on a case goes on.
local function start(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  if #intake.conflicts(v) > 0 then return { redirect = "/cases/" .. v.case.id .. "/merge" } end
  local all = cases.sees_all(request.user)
  if v.body.state ~= "draft" and all then return { redirect = "/cases/" .. v.case.id .. "/results" } end
  local place = intake.first_open(v)
  if not place and not all then -- a nurse looks at the own part again
    local first = intake.states(v)[1]
    place = first and { page = first.page }
  end
  return { redirect = address(v, place) or intake.after_all(v.case.id, request.user) }
end

return {
  { "GET", "/cases/{id}", roles = workers, start },
  { "GET", "/cases/{id}/sections/{section}", roles = workers, show },
  { "POST", "/cases/{id}/sections/{section}", roles = workers, save },
}
