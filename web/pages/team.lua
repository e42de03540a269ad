-- The team, for supervisors: who has how much, and handing cases over.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local cases = require "model.cases"
local lists = require "view.work_lists"
local people = require "model.people"
local ui = require "lib.ui"
local work = require "model.work"

local many = 100 -- cases of one person that are shown, and handed over at once

local function team(request)
  local t = request.t
  local list, reason = work.team(request)
  if not list then return { failed = reason } end
  local rows = {}
  for index, row in ipairs(list) do
    local user = row.user
    rows[index] = { h.a{ href = "/work/team/" .. user.id, h.bdi{ user.full_name or user.name } }, row.drafts, row.urgent,
      row.overdue > 0 and ui.tag(request, tostring(row.overdue), "error") or "0", row.due,
      row.last and case_parts.moment(request, row.last) or t("No cases yet") }
  end
  return { html = ui.page(request, { title = t("The team"), nav = "work", back = { href = "/work", text = t("My work") }, wide = true,
    main = { ui.heading(request, { text = t("The team"), lead = t("Who has how much. Open a person to hand cases over.") }),
      ui.table(request, { caption = t("The team"), caption_hidden = true, rows = rows,
        columns = { { text = t("Worker") }, { text = t("Open drafts"), number = true }, { text = t("Deadlines"), number = true },
          { text = t("Deadlines passed"), number = true }, { text = t("Reassessments due"), number = true },
          { text = t("Last change") } },
        empty = t("Nobody takes cases yet. The administrator adds people.") }) } }) }
end

-- Everything of one person that can be handed over, once each.
local function of_person(request, id)
  local rows, known = {}, {}
  local function add(case, text, day)
    if not known[case.id] and #rows < many then
      known[case.id] = true
      rows[#rows + 1] = { case = case, text = text, day = day }
    end
  end
  local t = request.t
  local drafts, reason = work.drafts(id)
  if not drafts then return nil, reason end
  for _, row in ipairs(work.deadlines(id, request.today) or {}) do
    local urgent = row.urgent
    local text = case_parts.is_quiet(urgent.text) and case_parts.quiet(request)
      or urgent.program and request.program_text(urgent.program, urgent.text) or urgent.text
    add(row.case, { ui.urgency(request, urgent.urgency), " ", text }, row.day)
  end
  for _, case in ipairs(drafts) do add(case, ui.tag(request, t("Draft"), "info")) end
  for _, row in ipairs(work.due(id, request.today) or {}) do add(row.case, ui.tag(request, t("Reassessment due"), "info"), row.day) end
  return rows
end

local function person_page(request, user, options)
  local t = request.t
  local list, reason = of_person(request, user.id)
  if not list then return { failed = reason } end
  local rows, others = {}, {}
  for index, row in ipairs(list) do
    local case, id = row.case, "case-" .. index
    rows[index] = {
      h.div{ class = "usa-checkbox ask-pick", h.input{ class = "usa-checkbox__input", type = "checkbox", id = id, name = "case",
        value = case.id }, h.label{ class = "usa-checkbox__label", ["for"] = id, lists.client_name(request, case) } },
      row.text, row.day and lists.day(request, row.day) or "", case_parts.moment(request, case.at),
      h.a{ href = "/cases/" .. case.id, t("Open"), h.span{ class = "usa-sr-only", " ", lists.client_name(request, case) } } }
  end
  for _, other in ipairs(people.who_take_cases(request)) do
    if other.id ~= user.id then others[#others + 1] = { id = other.id, text = other.full_name or other.name } end
  end
  local name = user.full_name or user.name
  local body
  if #rows == 0 then
    body = ui.empty(request, { heading = t("Nothing waits"), text = t("No drafts, no deadlines, nothing due in the next 30 days.") })
  else
    body = h.form{ method = "post", action = "/work/team/" .. user.id .. "/reassign", ui.csrf(request),
      ui.table(request, { caption = t("Cases of this person"), caption_hidden = true, rows = rows,
        columns = { { text = t("Client") }, { text = t("What") }, { text = t("By") }, { text = t("Last change") },
          { text = t("Open"), hidden = true } } }),
      #others > 0 and h.div{ class = "ask-hand-over",
        ui.field(request, { name = "to", type = "choice", as = "select", label = t("Hand the chosen cases to"), options = others,
          error = options.error_to }),
        ui.button(request, { text = t("Hand over") }) } }
  end
  return { status = options.status, html = ui.page(request, { title = name, nav = "work", wide = true, errors = options.errors,
    back = { href = "/work/team", text = t("The team") }, status = options.done, main = {
      ui.heading(request, { text = h.bdi{ name } }), body } }) }
end

local function person(request)
  local user = people.of(request, request.params.id)
  if not user then return { status = 404 } end
  local moved = math.tointeger(tonumber(request.query.moved))
  return person_page(request, user, { done = moved and moved > 0 and moved <= many
    and request.tn(moved, "1 case was handed over.", "{count} cases were handed over.") or nil })
end

local function reassign(request)
  local t = request.t
  local user = people.of(request, request.params.id)
  if not user then return { status = 404 } end
  local chosen, to = request.form_all.case or {}, people.of(request, request.form.to)
  local errors, nobody = {}, { field = "to", message = t("Choose who takes them.") }
  if #chosen == 0 then errors[#errors + 1] = { id = "case-1", message = t("Choose the cases to hand over.") } end
  if not to or to.id == user.id then errors[#errors + 1] = nobody end
  if #errors > 0 then
    return person_page(request, user, { errors = errors, status = 422, error_to = errors[#errors] == nobody and nobody.message })
  end
  local moved = 0
  for index = 1, math.min(#chosen, many) do
    local case, reason = cases.get(chosen[index])
    if not case and reason ~= "not-found" then return { failed = reason } end
    -- One that somebody handed over meanwhile stays where it is now.
    if case and case.body.worker == user.id then
      local written, why = work.hand_over(request, case, to.id)
      if why == "unacceptable" then
        return person_page(request, user, { errors = { nobody }, status = 422, error_to = nobody.message })
      elseif not written then
        return { failed = why }
      end
      host.log("case-handed-over", { case = case.id, from = user.id, to = to.id, by = request.user.id })
      moved = moved + 1
    end
  end
  return { redirect = "/work/team/" .. user.id .. "?moved=" .. moved }
end

local heads = { "supervisor" }

return {
  { "GET", "/work/team", roles = heads, team },
  { "GET", "/work/team/{id}", roles = heads, person },
  { "POST", "/work/team/{id}/reassign", roles = heads, reassign },
}
