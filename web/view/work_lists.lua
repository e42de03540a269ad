-- The lists of work: drafts, deadlines, reassessments that are due, each a table with its cells.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local people = require "model.people"
local ui = require "lib.ui"
local work = require "model.work"

local lists = {}

-- ---- cells --------------------------------------------------------------------------------------------------------------------

--- The name of a case's client, as a link with href.
function lists.client_name(request, case, href)
  local client = work.client(request, case)
  local name = client and case_parts.name(client.body.name) or request.t("A client")
  return href and h.a{ href = href, name } or name
end

--- Whose case it is.
function lists.worker_name(request, case)
  local name = people.name(request, case.body.worker)
  return name and h.bdi{ name } or request.t("Nobody")
end

--- A day with its nearness: "in 3 days", "2 days ago".
function lists.day(request, day)
  local t, distance = request.t, work.days_between(request.today, day)
  local near
  if distance == 0 then near = t("today")
  elseif distance == 1 then near = t("tomorrow")
  elseif distance < 0 then near = request.tn(-distance, "1 day ago", "{count} days ago")
  else near = request.tn(distance, "in 1 day", "in {count} days") end
  return { h.time{ datetime = day, request.date(day) }, h.span{ class = "ask-near" .. (distance < 0 and " ask-near--past" or ""), near } }
end

--- The first rows of a list.
function lists.first(list, limit)
  return table.move(list, 1, math.min(#list, limit), 1, {})
end

--- A list with its heading, and a link to the rest of it. options: id, title, count, limit, body, more (an address), hint.
function lists.section(request, options)
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
  if body.conflicts and not for_nurse then tags[#tags + 1] = ui.tag(request, t("Two people changed it"), "error") end
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

--- Drafts. options: worker (true: whose each is), nurse (true: as the nurse sees them), caption, empty, open.
function lists.drafts(request, list, options)
  local t, rows = request.t, {}
  for index, case in ipairs(list) do
    local row = { { lists.client_name(request, case, "/cases/" .. case.id) } }
    if options.worker then row[#row + 1] = lists.worker_name(request, case) end
    row[#row + 1] = case_parts.moment(request, case.at)
    row[#row + 1] = sections_done(request, case)
    row[#row + 1] = draft_state(request, case, options.nurse)
    row[#row + 1] = h.a{ class = "usa-button usa-button--outline ask-small", href = "/cases/" .. case.id,
      options.open or t("Go on"), h.span{ class = "usa-sr-only", " ", lists.client_name(request, case) } }
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

--- Deadlines: rows of work.deadlines. options: worker.
function lists.deadlines(request, list, options)
  local t, rows = request.t, {}
  for index, row in ipairs(list) do
    local case = row.case
    local cells = { lists.client_name(request, case, "/cases/" .. case.id .. "/results"),
      h.div{ class = "ask-tags", row.overdue and ui.tag(request, t("Passed"), "error") or ui.urgency(request, row.urgent.urgency) },
      what_is_urgent(request, row.urgent), row.day and lists.day(request, row.day) or "" }
    if options.worker then cells[#cells + 1] = lists.worker_name(request, case) end
    cells[#cells + 1] = h.form{ method = "post", action = "/work/deadlines/" .. case.id, ui.csrf(request),
      h.input{ type = "hidden", name = "shown", value = work.mark(row.urgent) },
      h.button{ class = "usa-button usa-button--outline ask-small", t("Done"), h.span{ class = "usa-sr-only", " ",
        lists.client_name(request, case) } } }
    rows[index] = cells
  end
  local columns = { { text = t("Client") }, { text = t("Urgency") }, { text = t("What to do") }, { text = t("By") } }
  if options.worker then columns[#columns + 1] = { text = t("Worker") } end
  columns[#columns + 1] = { text = t("Mark as done"), hidden = true }
  return ui.table(request, { caption = t("Deadlines"), caption_hidden = true, columns = columns, rows = rows,
    empty = t("No deadlines. What is urgent in a result will be here until it is done.") })
end

--- Reassessments: rows of work.due. options: worker.
function lists.due(request, list, options)
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
        h.span{ class = "usa-sr-only", " ", lists.client_name(request, case) } }
    else
      act = h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
        h.button{ class = "usa-button usa-button--outline ask-small", t("Reassess"), h.span{ class = "usa-sr-only", " ",
          lists.client_name(request, case) } } }
    end
    local cells = { lists.client_name(request, case, "/clients/" .. case.body.client), names, lists.day(request, row.day) }
    if options.worker then cells[#cells + 1] = lists.worker_name(request, case) end
    cells[#cells + 1] = act
    rows[index] = cells
  end
  local columns = { { text = t("Client") }, { text = t("Programs to look at again") }, { text = t("Due") } }
  if options.worker then columns[#columns + 1] = { text = t("Worker") } end
  columns[#columns + 1] = { text = t("Reassess"), hidden = true }
  return ui.table(request, { caption = t("Reassessments"), caption_hidden = true, columns = columns, rows = rows,
    empty = t("Nothing is due in the next 30 days.") })
end

return lists
