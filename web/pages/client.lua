-- One client: what is known of the person, the cases, and a new one.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local cases = require "model.cases"
local clients = require "model.clients"
local form = require "view.client_form"
local people = require "model.people"
local ui = require "lib.ui"
local work = require "model.work"

local readers = { "worker", "supervisor", "nurse" }
local writers = { "worker", "supervisor" }

local function may_write(request) return clients.may_write(request.user) end

local function details(request, client)
  local t, body = request.t, client.body
  local href = may_write(request) and "/clients/" .. client.id .. "/edit"
  local phone, safe = body.phone or body.phone_safe, body.phone_safe ~= nil
  local rows = {
    { t("Full name"), case_parts.name(body.name) },
    body.also_known_as and { t("Also known as"), case_parts.name(body.also_known_as) } or false,
    { t("Date of birth"), body.dob and case_parts.birth(request, body.dob) },
    { t("Phone number"), phone and { h.bdi{ dir = "ltr", phone }, " ",
      safe and ui.tag(request, t("Safe to call"), "success") or ui.tag(request, t("Do not call"), "warning") } },
    { t("Language"), body.language and form.language_name(request, body.language) },
    { t("ZIP code"), body.address_zip },
  }
  local list = {}
  for _, row in ipairs(rows) do
    if row then
      list[#list + 1] = h.div{ class = "ask-fact", h.dt{ row[1] },
        h.dd{ class = not row[2] and "ask-summary__value--missing" or nil, row[2] or t("Not known") } }
    end
  end
  local by = people.name(request, body.created_by)
  return { h.h2{ t("Details") }, h.dl{ class = "ask-facts", list },
    href and h.p{ h.a{ href = href, t("Change the details") } },
    body.created_at and h.p{ class = "usa-hint", by and { t("Added by"), " ", h.bdi{ by }, ", " } or { t("Added"), " " },
      case_parts.moment(request, body.created_at) } }
end

local function draft_card(request, case, level)
  local t, body = request.t, case.body
  local by = people.name(request, body.worker)
  return ui.card(request, { level = level, class = "ask-case",
    heading = body.based_on and t("Reassessment under way") or t("Intake under way"), tags = ui.tag(request, t("Draft"), "info"),
    h.p{ class = "usa-hint", t("Last change"), " ", case_parts.moment(request, case.at), by and { " · ", h.bdi{ by } } },
    work.turn(case) == "nurse" and h.p{ ui.tag(request, t("Waiting for the nurse"), "warning") },
    ui.button(request, { text = may_write(request) and t("Go on") or t("Open"), href = "/cases/" .. case.id,
      describe = t("with the intake of {day}", { day = request.day(body.started_at) }) }) })
end

local function submitted_card(request, case, level)
  local t, body = request.t, case.body
  local urgent = body.urgent
  local first_due
  for _, day in pairs(not body.followed and body.due or {}) do if not first_due or day < first_due then first_due = day end end
  return ui.card(request, { level = level, class = "ask-case",
    heading = t("Screened on {day}", { day = request.day(body.submitted_at or case.at) }),
    tags = urgent and may_write(request) and ui.urgency(request, urgent.urgency) or nil,
    may_write(request) and case_parts.statuses(request, body.statuses),
    first_due and h.p{ class = "usa-hint",
      first_due <= request.today and t("Look again: was due on {day}", { day = request.date(first_due) })
      or t("Look again by {day}", { day = request.date(first_due) }) },
    h.div{ class = "usa-button-group",
      may_write(request) and ui.button(request, { text = t("Results"), href = "/cases/" .. case.id .. "/results", kind = "outline",
        describe = t("of {day}", { day = request.day(body.submitted_at or case.at) }) }),
      may_write(request) and not body.followed and h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
        ui.button(request, { text = t("Reassess"), kind = "unstyled" }) } } })
end

local function start_button(request, client, kind)
  local t = request.t
  return h.form{ method = "post", action = "/clients/" .. client.id .. "/cases", ui.csrf(request),
    ui.button(request, { text = kind and t("Start another intake") or t("Start a new intake"), kind = kind }) }
end

local function show(request)
  local t = request.t
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local list, problem = cases.of_client(client.id)
  if not list then return { failed = problem } end
  local drafts, kept = {}, {}
  for _, case in ipairs(list) do
    if case.body.state == "draft" then
      drafts[#drafts + 1] = draft_card(request, case, 3)
    else
      kept[#kept + 1] = submitted_card(request, case, 3)
    end
  end
  local write = may_write(request)
  local main = { ui.heading(request, { caption = t("Client"), text = case_parts.name(client.body.name) }) }
  if #drafts + #kept == 0 then
    main[#main + 1] = ui.empty(request, { heading = t("No intake yet"),
      text = write and t("Ask once. Every program answers while you type.") or nil, action = write and start_button(request, client) })
  else
    if #drafts > 0 then main[#main + 1] = { h.h2{ t("To go on with") }, drafts } end
    if write then main[#main + 1] = h.div{ class = "ask-start", start_button(request, client, #drafts > 0 and "outline" or nil) } end
    if #kept > 0 then main[#main + 1] = { h.h2{ t("Screened before") }, kept } end
  end
  local done = request.query.added and t("The client was added.") or request.query.changed and t("Saved.") or nil
  return { html = ui.page(request, { title = t("Client"), nav = "clients", back = { href = "/clients", text = t("Clients") },
    status = done, main = main, aside = details(request, client) }) }
end

local function start_case(request)
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local list, problem = cases.of_client(client.id)
  if not list then return { failed = problem } end
  for _, case in ipairs(list) do -- sent twice: one that nothing was done with yet
    local body = case.body
    if body.state == "draft" and body.worker == request.user.id and case.version == 1 and not body.based_on then
      return { redirect = "/cases/" .. case.id }
    end
  end
  local case, why = cases.create(request, client.id, { answers = clients.known_answers(client) })
  if not case then return { failed = why } end
  return { redirect = "/cases/" .. case.id }
end

return {
  { "GET", "/clients/{id}", roles = readers, show },
  { "POST", "/clients/{id}/cases", roles = writers, start_case },
}
