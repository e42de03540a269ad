-- My work: where everybody lands. Drafts to go on with, deadlines, reassessments that are due; for a nurse what waits for her, for
-- program staff the cases of their program, for a supervisor the team.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local cases = require "model.cases"
local people = require "model.people"
local rules = require "lib.rules"
local ui = require "lib.ui"
local work = require "model.work"

local readers = { "worker", "supervisor", "nurse", "program_staff" }
local writers = { "worker", "supervisor" }
local heads = { "supervisor" }

-- Rows of a list in the overview, and when it is shown alone.
local few, many = 5, 100

-- ---- cells --------------------------------------------------------------------------------------------------------------------

local function client_name(request, case, href)
  local client = work.client(request, case)
  local name = client and case_parts.name(client.body.name) or request.t("A client")
  return href and h.a{ href = href, name } or name
end

local function worker_name(request, case)
  local name = people.name(request, case.body.worker)
  return name and h.bdi{ name } or request.t("Nobody")
end

-- "in 3 days", "2 days ago", as nearness and not only as a date.
local function day_cell(request, day)
  local t, distance = request.t, work.days_between(request.today, day)
  local near
  if distance == 0 then near = t("today")
  elseif distance == 1 then near = t("tomorrow")
  elseif distance < 0 then near = request.tn(-distance, "1 day ago", "{count} days ago")
  else near = request.tn(distance, "in 1 day", "in {count} days") end
  return { h.time{ datetime = day, request.date(day) }, h.span{ class = "ask-near" .. (distance < 0 and " ask-near--past" or ""), near } }
end

local function shown_rows(list, limit)
  return table.move(list, 1, math.min(#list, limit), 1, {})
end

-- A list with its heading, and a link to the rest of it.
local function section(request, options)
  local t = request.t
  return h.section{ class = "ask-work", ["aria-labelledby"] = options.id .. "-title",
    h.div{ class = "ask-work__head", h.h2{ id = options.id .. "-title", options.title, " ",
      h.span{ class = "ask-work__count", options.count } },
      options.count > options.limit and options.more and h.a{ href = options.more, t("Show all"),
        h.span{ class = "usa-sr-only", " ", options.title } } },
    options.hint and h.p{ class = "usa-hint", options.hint },
    options.body,
    options.count > options.limit and not options.more and h.p{ class = "usa-hint", t("The first {count} are shown.",
      { count = options.limit }) } }
end

-- ---- the lists -------------------------------------------------------------------------------------------------------------------

local function draft_state(request, case, for_nurse)
  local t, body, tags = request.t, case.body, {}
  local turn = work.turn(case)
  if body.conflicts then tags[#tags + 1] = ui.tag(request, t("Two people changed it"), "error") end
  if body.rejected then tags[#tags + 1] = ui.tag(request, t("An answer has to be put right"), "warning") end
  if turn == "nurse" then
    tags[#tags + 1] = ui.tag(request, for_nurse and t("All else is done") or t("Waiting for the nurse"), "warning")
  elseif not turn then
    tags[#tags + 1] = ui.tag(request, t("Ready to check"), "success")
  elseif #tags == 0 then
    tags[1] = ui.tag(request, body.based_on and t("Reassessment") or t("Under way"), "info")
  end
  return h.div{ class = "ask-tags", tags }
end

local function sections_done(request, case)
  local _, done, all = work.turn(case)
  return all and request.t("{done} of {all} sections", { done = done, all = all }) or request.t("Not started")
end

local function draft_table(request, list, options)
  local t, rows = request.t, {}
  for index, case in ipairs(list) do
    local row = { { client_name(request, case, "/cases/" .. case.id) } }
    if options.worker then row[#row + 1] = worker_name(request, case) end
    row[#row + 1] = case_parts.moment(request, case.at)
    row[#row + 1] = sections_done(request, case)
    row[#row + 1] = draft_state(request, case, options.nurse)
    row[#row + 1] = h.a{ class = "usa-button usa-button--outline ask-small", href = "/cases/" .. case.id,
      options.open or t("Go on"), h.span{ class = "usa-sr-only", " ", client_name(request, case) } }
    rows[index] = row
  end
  local columns = { { text = t("Client") } }
  if options.worker then columns[#columns + 1] = { text = t("Worker") } end
  for _, column in ipairs { { text = t("Last change") }, { text = t("Done") }, { text = t("State") },
    { text = t("Open"), hidden = true } } do
    columns[#columns + 1] = column
  end
  return ui.table(request, { caption = options.caption, caption_hidden = true, columns = columns, rows = rows, empty = options.empty })
end

local function what_is_urgent(request, urgent)
  if case_parts.is_quiet(urgent.text, urgent.level, urgent.say) then return case_parts.quiet(request) end
  local program = urgent.program
  local text = program and request.program_text(program, urgent.text) or urgent.text
  local say = urgent.say
  return h.div{ h.div{ class = "ask-strong", text },
    say and h.div{ class = "usa-hint", program and request.program_text(program, say) or say },
    urgent.phone and not (say and say:find(urgent.phone, 1, true)) and h.div{ class = "usa-hint", h.bdi{ dir = "ltr", urgent.phone } } }
end

local function deadline_table(request, list, options)
  local t, rows = request.t, {}
  for index, row in ipairs(list) do
    local case = row.case
    local cells = { client_name(request, case, "/cases/" .. case.id .. "/results"),
      h.div{ class = "ask-tags", row.overdue and ui.tag(request, t("Passed"), "error") or ui.urgency(request, row.urgent.urgency) },
      what_is_urgent(request, row.urgent), row.day and day_cell(request, row.day) or "" }
    if options.worker then cells[#cells + 1] = worker_name(request, case) end
    cells[#cells + 1] = h.form{ method = "post", action = "/work/deadlines/" .. case.id, ui.csrf(request),
      h.button{ class = "usa-button usa-button--outline ask-small", t("Done"), h.span{ class = "usa-sr-only", " ",
        client_name(request, case) } } }
    rows[index] = cells
  end
  local columns = { { text = t("Client") }, { text = t("Urgency") }, { text = t("What to do") }, { text = t("By") } }
  if options.worker then columns[#columns + 1] = { text = t("Worker") } end
  columns[#columns + 1] = { text = t("Mark as done"), hidden = true }
  return ui.table(request, { caption = t("Deadlines"), caption_hidden = true, columns = columns, rows = rows,
    empty = t("No deadlines. What is urgent in a result will be here until it is done.") })
end

local function due_table(request, list, options)
  local t, rows = request.t, {}
  for index, row in ipairs(list) do
    local case, names = row.case, {}
    for _, program in ipairs(row.programs) do
      if #names < 3 and not case_parts.is_quiet_program(program.program) then
        names[#names + 1] = { #names > 0 and ", ", case_parts.program_name(request, program.program) }
      end
    end
    local left = #row.programs - #names
    if #names == 0 then names[1] = case_parts.quiet(request)
    elseif left > 0 then names[#names + 1] = { " ", request.tn(left, "and 1 more", "and {count} more") } end
    local act
    if row.draft then
      act = h.a{ class = "usa-button usa-button--outline ask-small", href = "/cases/" .. row.draft.id, t("Go on"),
        h.span{ class = "usa-sr-only", " ", client_name(request, case) } }
    else
      act = h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
        h.button{ class = "usa-button usa-button--outline ask-small", t("Reassess"), h.span{ class = "usa-sr-only", " ",
          client_name(request, case) } } }
    end
    local cells = { client_name(request, case, "/clients/" .. case.body.client), names, day_cell(request, row.day) }
    if options.worker then cells[#cells + 1] = worker_name(request, case) end
    cells[#cells + 1] = act
    rows[index] = cells
  end
  local columns = { { text = t("Client") }, { text = t("Programs to look at again") }, { text = t("Due") } }
  if options.worker then columns[#columns + 1] = { text = t("Worker") } end
  columns[#columns + 1] = { text = t("Reassess"), hidden = true }
  return ui.table(request, { caption = t("Reassessments"), caption_hidden = true, columns = columns, rows = rows,
    empty = t("Nothing is due in the next 30 days.") })
end

-- ---- the page -----------------------------------------------------------------------------------------------------------------------

local shows = { drafts = true, deadlines = true, due = true }

local function href(show, all)
  local parts = {}
  if show then parts[#parts + 1] = "show=" .. show end
  if all then parts[#parts + 1] = "whose=all" end
  return "/work" .. (#parts > 0 and "?" .. table.concat(parts, "&") or "")
end

local function client_search(request)
  local t = request.t
  return ui.search(request, { action = "/clients/find", csrf = ui.csrf(request), name = "name", label = t("Find a client"),
    hint = t("A name, a date of birth such as 3/2/1944, or a phone number.") })
end

-- For workers and supervisors. all: everybody's cases.
local function own_work(request, all, show)
  local t, roles = request.t, request.user.roles
  local worker = not all and request.user.id or nil
  local drafts, reason = work.drafts(worker)
  if not drafts then return nil, reason end
  local deadlines, due
  deadlines, reason = work.deadlines(worker, request.today)
  if not deadlines then return nil, reason end
  due, reason = work.due(worker, request.today)
  if not due then return nil, reason end

  local nodes = {}
  if roles.supervisor then
    nodes[#nodes + 1] = ui.filters(request, t("Whose cases"), {
      { text = t("My cases"), href = href(show, false), current = not all },
      { text = t("Everybody's cases"), href = href(show, true), current = all },
      { text = t("The team"), href = "/work/team" } })
  end
  if #drafts + #deadlines + #due == 0 then
    local first = not all and #(cases.of_worker(request.user.id, 1) or {}) == 0
    nodes[#nodes + 1] = first and ui.empty(request, { heading = t("No cases yet"),
        text = t("Find or add your first client. You ask once, and every program answers while you type."),
        action = ui.button(request, { text = t("Find or add a client"), href = "/clients" }) })
      or ui.empty(request, { heading = t("Nothing waits"),
        text = t("No drafts, no deadlines, nothing due in the next 30 days."),
        action = ui.button(request, { text = t("Find or add a client"), href = "/clients" }) })
    return nodes
  end
  nodes[#nodes + 1] = ui.filters(request, t("What to show"), {
    { text = t("Everything"), href = href(nil, all), current = not show },
    { text = t("Deadlines"), href = href("deadlines", all), current = show == "deadlines", count = #deadlines },
    { text = t("Drafts"), href = href("drafts", all), current = show == "drafts", count = #drafts },
    { text = t("Due again"), href = href("due", all), current = show == "due", count = #due } })
  local limit = show and many or few
  local function add(key, title, list, body, hint)
    if show and show ~= key or not show and #list == 0 then return end
    nodes[#nodes + 1] = section(request, { id = key, title = title, count = #list, limit = limit, body = body, hint = hint,
      more = not show and href(key, all) or nil })
  end
  add("deadlines", t("Deadlines"), deadlines, deadline_table(request, shown_rows(deadlines, limit), { worker = all }))
  add("drafts", t("Drafts to go on with"), drafts, draft_table(request, shown_rows(drafts, limit), { worker = all,
    caption = t("Drafts to go on with"), empty = t("No drafts.") }))
  add("due", t("Reassessments due"), due, due_table(request, shown_rows(due, limit), { worker = all }))
  return nodes
end

local function nurse_work(request)
  local t = request.t
  local list, reason = work.waiting_for_nurse()
  if not list then return nil, reason end
  if #list == 0 then
    return ui.empty(request, { heading = t("Nothing waits for the nurse"),
      text = t("A case is here as soon as a worker starts it, until the nurse's section is done.") })
  end
  return section(request, { id = "nurse", title = t("Waiting for the nurse"), count = #list, limit = many,
    body = draft_table(request, shown_rows(list, many), { worker = true, nurse = true, open = t("Open"),
      caption = t("Waiting for the nurse") }) })
end

local function program_work(request)
  local t, program = request.t, request.user.program
  if not program then
    return ui.empty(request, { heading = t("No program yet"), text = t("Ask the administrator which program you belong to.") })
  end
  local list, kept_back = work.of_program(program, rules.form())
  if not list then return nil, kept_back end
  local rows = {}
  for index, row in ipairs(shown_rows(list, many)) do
    local case, client = row.case, work.client(request, row.case)
    local phone = client and client.body.phone_safe
    rows[index] = { client_name(request, case), h.div{ class = "ask-tags", ui.status(request, row.status) },
      case_parts.moment(request, case.body.submitted_at or case.at), phone and h.bdi{ dir = "ltr", phone } or t("Ask the worker"),
      worker_name(request, case) }
  end
  return {
    section(request, { id = "program", title = case_parts.program_name(request, program), count = #list, limit = many,
      hint = t("Cases in which your program may help. You can read, not change."),
      body = ui.table(request, { caption = t("Cases of the program"), caption_hidden = true, rows = rows,
        columns = { { text = t("Client") }, { text = t("What the screen says") }, { text = t("Screened") },
          { text = t("Safe phone number") }, { text = t("Worker") } },
        empty = t("No cases yet. They are here as soon as a worker has kept the results.") }) }),
    kept_back > 0 and h.p{ class = "usa-hint", request.tn(kept_back,
      "1 more case is not shown, because the client has not let this program see the answers.",
      "{count} more cases are not shown, because the clients have not let this program see the answers.") } }
end

local function my_work(request)
  local t, roles = request.t, request.user.roles
  local show = shows[request.query.show or ""] and request.query.show or nil
  local main = { ui.heading(request, { text = t("My work"), caption = request.date(request.today) }) }
  local function add(node, reason)
    if node then main[#main + 1] = node else return reason or "away" end
  end
  local failed
  if roles.worker or roles.supervisor or roles.nurse then main[#main + 1] = client_search(request) end
  if roles.worker or roles.supervisor then
    failed = add(own_work(request, roles.supervisor and request.query.whose == "all", show))
  end
  if not failed and roles.nurse and not show then failed = add(nurse_work(request)) end
  if not failed and roles.program_staff and not show then failed = add(program_work(request)) end
  if failed then return { failed = failed } end
  return { html = ui.page(request, { title = t("My work"), nav = "work", wide = true, main = main,
    status = request.query.done and t("Marked as done.") or nil }) }
end

-- Workers mark their own; a supervisor anybody's.
local function settle(request)
  local case, reason = cases.get(request.params.id)
  if not case then return { failed = reason } end
  if case.body.worker ~= request.user.id and not request.user.roles.supervisor then return { status = 403 } end
  local written, why = work.settle_urgent(request, case)
  if not written then return { failed = why } end
  return { redirect = "/work?done=1" .. (case.body.worker ~= request.user.id and "&whose=all" or "") }
end

-- ---- the team -------------------------------------------------------------------------------------------------------------------------

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
        value = case.id }, h.label{ class = "usa-checkbox__label", ["for"] = id, client_name(request, case) } },
      row.text, row.day and day_cell(request, row.day) or "", case_parts.moment(request, case.at),
      h.a{ href = "/cases/" .. case.id, t("Open"), h.span{ class = "usa-sr-only", " ", client_name(request, case) } } }
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

return {
  { "GET", "/work", roles = readers, my_work },
  { "POST", "/work/deadlines/{id}", roles = writers, settle },
  { "GET", "/work/team", roles = heads, team },
  { "GET", "/work/team/{id}", roles = heads, person },
  { "POST", "/work/team/{id}/reassign", roles = heads, reassign },
}
