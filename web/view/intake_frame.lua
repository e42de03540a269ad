-- What stands around the questions of a case: sections, live panel, saved, buttons; and the parts of it that the script asks for again.

local cases = require "model.cases"
local h = require "lib.html"
local intake = require "model.intake"
local questions = require "model.questions"
local screening = require "model.screening"
local ui = require "lib.ui"

local frame = {}

function frame.title(request, page)
  if page.topic then return questions.topic_title(request, page.topic) end
  return request.form_text(page.title)
end

function frame.plain_title(request, page)
  if page.topic then return questions.topic_title(request, page.topic) end
  return request.t_form(page.title)
end

-- Who a page waits for.
function frame.waiting_words(request, role)
  local t = request.t
  if role == "nurse" then return t("Waiting for the nurse") end
  if role == "supervisor" then return t("Waiting for the supervisor") end
  return t("Waiting for somebody else")
end

-- What is said of a section besides its state: who it waits for, how much of it was left out.
local function note_of(request, state)
  if state.state == "waiting" then return frame.waiting_words(request, state.page.role) end
  if state.state == "done" and state.left > 0 then
    return request.tn(state.left, "Done, 1 left out", "Done, {count} left out")
  end
end

-- How far all private topics are, as one section.
local function private_state(v)
  local words, left, first, count = {}, 0, nil, 0
  for _, state in ipairs((intake.states(v))) do
    if state.page.topic then
      first = first or state.page
      count, left = count + 1, left + state.left
      words[state.state] = (words[state.state] or 0) + 1
    end
  end
  local word = "in_progress"
  if words.again then word = "again"
  elseif words.done == count then word = "done"
  elseif words.not_started == count then word = "not_started" end
  return first and { page = first, state = word, left = left }
end

--- here: { page =, deciding = true }
function frame.sections(request, v, here)
  local t, case_id = request.t, v.case.id
  local items, private = {}, private_state(v)
  local inside = here.page and here.page.topic ~= nil
  for _, state in ipairs((intake.states(v))) do
    local page = state.page
    if page.topic and private then
      items[#items + 1] = { text = t("Private questions"), href = questions.address(case_id, private.page), state = private.state,
        left = private.left, open = inside }
      private = nil
    end
    if not page.topic or inside then
      items[#items + 1] = { text = frame.title(request, page), href = questions.address(case_id, page), state = state.state,
        note = note_of(request, state), within = page.topic ~= nil,
        left = state.state ~= "waiting" and state.left or nil, current = here.page == page }
    end
  end
  local all = cases.sees_all(v.user)
  local more = h.ul{ class = "ask-intake__more",
    all and h.li{ here.deciding and h.a{ href = "/cases/" .. case_id, t("All sections in order") }
      or h.a{ href = "/cases/" .. case_id .. "/deciding", t("Deciding questions first") } },
    all and h.li{ h.a{ href = "/cases/" .. case_id .. "/check", t("Check answers") } },
    all and h.li{ h.a{ href = "/cases/" .. case_id .. "/results", t("Results") } },
    #intake.conflicts(v) > 0 and h.li{ h.a{ href = "/cases/" .. case_id .. "/merge", ui.icon("again"),
      t("Two answers to one question") } } }
  return ui.sections(request, { items = items, more = more })
end

-- The most urgent step in the words of the panel.
local function urgent_of(request, v)
  local t = request.t
  local urgent = screening.urgent_of(v.result)
  if not urgent then return nil end
  local program = urgent.program or urgent.programs and urgent.programs[1]
  local text = request.t_program(program, urgent.text)
  if urgent.level then text = text .. ": " .. request.t_program(program, urgent.level) end
  return { text = text, urgency = urgent.urgency, phone = urgent.phone,
    href = program and "/cases/" .. v.case.id .. "/results/" .. program or nil,
    deadline = urgent.deadline and t("by {date}", { date = request.date(urgent.deadline) }) }
end

function frame.panel(request, v)
  local programs = {}
  for _, determination in ipairs(v.result.determinations) do
    local program = v.made.programs[determination.program]
    if program and intake.is_for(v.made, v.user, determination.program) then
      local missing = determination.missing or {}
      local href
      for _, path in ipairs(missing) do
        local page = v.made.page_of[path:match("^[%w_]+")]
        if page and intake.may_see(v, page) then
          href = questions.place(v.made, v.case.id, path)
          break
        end
      end
      local name = request.t_program(determination.program, program.name)
      programs[#programs + 1] = { id = determination.program, name = name, order = host.fold(name),
        status = determination.status, missing = #missing, href = href or "/cases/" .. v.case.id .. "/results/" .. determination.program,
        link = "/cases/" .. v.case.id .. "/results/" .. determination.program }
    end
  end
  -- By name, as people look for one; the order stays as it is whatever they say.
  table.sort(programs, function(a, b)
    if a.order ~= b.order then return a.order < b.order end
    return a.id < b.id
  end)
  local all = cases.sees_all(v.user)
  return ui.panel(request, { programs = programs, urgent = all and urgent_of(request, v) or nil })
end

function frame.saved(request, v) return ui.saved(request, v.case.at and request.time(v.case.at)) end

--- What a screen reader is told of an answer: nothing, unless a program says something else now.
function frame.say(request, before, v)
  local t = request.t
  local moved, need = intake.moved(v, before)
  if #moved == 0 then return nil end
  local said = {}
  for index = 1, math.min(3, #moved) do
    local id, status = moved[index].program, moved[index].status
    said[index] = t("{program}: {status}.", { program = request.t_program(id, v.made.programs[id].name),
      status = ui.status_word(request, status) })
  end
  if #moved > 3 then said[#said + 1] = request.tn(#moved - 3, "1 more changed.", "{count} more changed.") end
  said[#said + 1] = request.tn(need, "1 program needs answers.", "{count} programs need answers.")
  return table.concat(said, " ")
end

--- What is above the questions: whose case, and where it stands.
function frame.heading(request, v, options)
  local t, body = request.t, v.body
  local tag
  if body.state == "submitted" then
    tag = cases.is_changed(v.case) and ui.tag(request, t("Submitted, changed since"), "warning")
      or ui.tag(request, t("Submitted"), "success")
  elseif body.state == "closed" then
    tag = ui.tag(request, t("Closed"))
  elseif body.confirmed then
    tag = ui.tag(request, t("Reassessment"), "info")
  end
  local name = cases.name(v.case)
  local client = h.a{ href = "/clients/" .. body.client, h.bdi{ name or t("Client") } }
  return ui.heading(request, { text = options.text, caption = { client, options.caption and { " · ", options.caption } }, tags = tag,
    lead = options.lead })
end

--- Somebody else answered too, and nobody has decided yet. The script writes the same when it happens.
function frame.conflict(request, v)
  if #intake.conflicts(v) == 0 then return false end
  return h.div{ id = "notice", class = "usa-alert usa-alert--warning", h.a{ href = "/cases/" .. v.case.id .. "/merge",
    request.t("Somebody else changed an answer too. Look at both.") } }
end

--- The errors of a list of {item, child} for the summary: field and message.
function frame.errors(request, v, entries)
  local answers, list, on_page = require("model.answers"), {}, {}
  for _, entry in ipairs(entries) do
    on_page[entry.item.id] = true
    for _, total in ipairs(v.made.totals[entry.item.id] or {}) do on_page[total.id] = true end
  end
  for _, problem in ipairs(answers.errors(request, v.made.items, v.rejected)) do
    if on_page[problem.item] then
      local item = v.made.items[problem.item]
      -- What is wrong with a whole list has no field of its own.
      local whole = item.type == "list" and problem.field == problem.item
      list[#list + 1] = { field = problem.field, id = whole and "q-" .. item.id or nil,
        message = { request.t_form(item.text), " ", problem.message } }
    end
  end
  return list
end

return frame
