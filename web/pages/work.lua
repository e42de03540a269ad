-- My work: where everybody lands. Drafts to go on with, deadlines, reassessments that are due; for a nurse what waits for her, for
-- program staff the cases of their program.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local cases = require "model.cases"
local lists = require "view.work_lists"
local rules = require "lib.rules"
local ui = require "lib.ui"
local work = require "model.work"

-- Rows of a list in the overview, and when it is shown alone.
local few, many = 5, 100

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
    nodes[#nodes + 1] = lists.section(request, { id = key, title = title, count = #list, limit = limit, body = body, hint = hint,
      more = not show and href(key, all) or nil })
  end
  add("deadlines", t("Deadlines"), deadlines, lists.deadlines(request, lists.first(deadlines, limit), { worker = all }))
  add("drafts", t("Drafts to go on with"), drafts, lists.drafts(request, lists.first(drafts, limit), { worker = all,
    caption = t("Drafts to go on with"), empty = t("No drafts.") }))
  add("due", t("Reassessments due"), due, lists.due(request, lists.first(due, limit), { worker = all }))
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
  return lists.section(request, { id = "nurse", title = t("Waiting for the nurse"), count = #list, limit = many,
    body = lists.drafts(request, lists.first(list, many), { worker = true, nurse = true, open = t("Open"),
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
  for index, row in ipairs(lists.first(list, many)) do
    local case, client = row.case, work.client(request, row.case)
    local phone = client and client.body.phone_safe
    rows[index] = { lists.client_name(request, case), h.div{ class = "ask-tags", ui.status(request, row.status) },
      case_parts.moment(request, case.body.submitted_at or case.at), phone and h.bdi{ dir = "ltr", phone } or t("Ask the worker"),
      lists.worker_name(request, case) }
  end
  return {
    lists.section(request, { id = "program", title = case_parts.program_name(request, program), count = #list, limit = many,
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
  local done = request.query.done
  if done == "other" then
    main[2] = ui.alert(request, { kind = "warning", slim = true,
      text = t("Not marked as done: something else is the most urgent for this client by now. It is in the list.") })
  end
  if roles.worker or roles.supervisor or roles.nurse then main[#main + 1] = client_search(request) end
  if roles.worker or roles.supervisor then
    failed = add(own_work(request, roles.supervisor and request.query.whose == "all", show))
  end
  if not failed and roles.nurse and not show then failed = add(nurse_work(request)) end
  if not failed and roles.program_staff and not show then failed = add(program_work(request)) end
  if failed then return { failed = failed } end
  return { html = ui.page(request, { title = t("My work"), nav = "work", wide = true, main = main,
    status = done and done ~= "other" and t("Marked as done.") or nil }) }
end

-- Workers mark their own; a supervisor anybody's.
local function settle(request)
  local case, reason = cases.get(request.params.id)
  if not case then return { failed = reason } end
  if case.body.worker ~= request.user.id and not request.user.roles.supervisor then return { status = 403 } end
  local written, noted = work.settle_urgent(request, case, request.form.shown or "")
  if not written then return { failed = noted } end
  return { redirect = (noted and "/work?done=1" or "/work?done=other") .. (case.body.worker ~= request.user.id and "&whose=all" or "") }
end

local readers = { "worker", "supervisor", "nurse", "program_staff" }
local writers = { "worker", "supervisor" }

return {
  { "GET", "/work", roles = readers, my_work },
  { "POST", "/work/deadlines/{id}", roles = writers, settle },
}
