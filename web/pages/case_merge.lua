-- Two workers answered the same question at the same time: both answers, who gave them and when; one is chosen, and nothing is lost.

local answer_text = require "lib.answer_text"
local changes = require "model.changes"
local frame = require "view.intake_frame"
local h = require "lib.html"
local intake = require "model.intake"
local people = require "model.people"
local questions = require "model.questions"
local section = require "view.intake_section"
local ui = require "lib.ui"

local workers = { "worker", "supervisor", "nurse" }

local function who(request, by, at)
  local t = request.t
  local name = people.name(request, by) or t("somebody")
  if by == request.user.id then name = t("you") end
  return { h.bdi{ name }, ", ", at and { request.day(at), " ", request.time(at) } }
end

local function text_of(request, item, held)
  if held.blank then return request.t("Not answered") end
  if held.typed then
    local list = {}
    for _, typed in pairs(held.typed) do
      if type(typed) == "table" then typed = table.concat({ typed.month, typed.day, typed.year }, " ") end
      list[#list + 1] = tostring(typed)
    end
    table.sort(list)
    return h.bdi{ table.concat(list, ", ") }
  end
  return answer_text.of(request, item, held.value) or request.t("Not answered")
end

local function question(request, v, conflict)
  local t, item = request.t, conflict.item
  local last = v.body.changed[item.id] or {}
  local now = v.body.answers[item.id]
  local name = "choose." .. item.id
  local function choice(value, text, by, at, first)
    local id = ui.id(name) .. (first and "" or "-" .. value)
    return h.div{ class = "usa-radio", h.input{ class = "usa-radio__input", type = "radio", id = id, name = name, value = value,
      checked = first }, h.label{ class = "usa-radio__label", ["for"] = id, h.span{ class = "ask-merge__answer", text },
      h.span{ class = "usa-radio__label-description", by and who(request, by, at) } } }
  end
  local choices = { choice("now", { answer_text.of(request, item, now) or t("Not answered"), " ", ui.tag(request, t("saved")) },
    last.by, last.at, true) }
  for index, held in ipairs(conflict.held) do
    choices[#choices + 1] = choice(tostring(index), text_of(request, item, held), held.by, held.at, false)
  end
  return h.fieldset{ class = "usa-fieldset ask-merge", id = "q-" .. item.id, h.legend{ class = "usa-legend", request.form_text(item.text) },
    h.div{ class = "ask-options", choices } }
end

local function show(request)
  local t = request.t
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  local list = intake.conflicts(v)
  if #list == 0 then return { redirect = "/cases/" .. v.case.id } end
  local blocks = {}
  for index, conflict in ipairs(list) do blocks[index] = question(request, v, conflict) end
  return { html = ui.page(request, { title = t("Two answers to one question"), nav = "clients",
    main = { frame.heading(request, v, { text = t("Two answers to one question"),
      lead = t("Somebody else changed the same answers while you worked. Choose which one stands. Everything else is saved.") }),
      h.form{ method = "post", action = "/cases/" .. v.case.id .. "/merge", ui.csrf(request),
        h.input{ type = "hidden", name = "version", value = v.case.version }, blocks,
        ui.button(request, { text = t("Save and go on") }) } } }) }
end

local function save(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  -- Somebody answered again since this page was made: what is chosen may not be what was seen.
  if tostring(v.case.version) ~= request.form.version then return { redirect = "/cases/" .. v.case.id .. "/merge" } end
  local values, wrong, first = {}, {}, nil
  for _, conflict in ipairs(intake.conflicts(v)) do
    local id = conflict.item.id
    local held = conflict.held[math.tointeger(tonumber(request.form["choose." .. id] or "")) or 0]
    first = first or conflict
    if request.form["choose." .. id] == "now" then
      values[id] = v.body.answers[id]
      if values[id] == nil then values[id] = changes.BLANK end
    elseif held then
      values[id] = held.value
      if values[id] == nil then values[id] = changes.BLANK end
      if held.typed then
        wrong[id] = {}
        for field, typed in pairs(held.typed) do
          wrong[id][field] = { typed = typed, message = --[[t]] "This could not be read. Write it again." }
        end
      end
    end
  end
  local case, result = changes.apply(request, v.case.id, { version = v.case.version, answers = values, wrong = wrong, decided = true },
    intake.view)
  if not case then return section.refused(v.case.id, result) end
  v, reason = intake.of(request, case, result)
  if not v then return { failed = reason } end
  if #intake.conflicts(v) > 0 then return { redirect = "/cases/" .. case.id .. "/merge" } end
  return { redirect = first and questions.address(case.id, first.page, v.made.step_of[first.item.id]) .. "#q-" .. first.item.id
    or "/cases/" .. case.id }
end

return {
  { "GET", "/cases/{id}/merge", roles = workers, show },
  { "POST", "/cases/{id}/merge", roles = workers, save },
}
