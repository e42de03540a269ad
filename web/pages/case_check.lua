-- Check answers: all of them by section, each with a way to change it; what is still needed and by which program; what was not asked and
-- why; what the engine finds worth a second look. Then the results are shown and kept.

local h = require "lib.html"
local answers = require "view.case_answers"
local explain = require "view.explain"
local head = require "view.case_head"
local ui = require "lib.ui"
local cases = require "model.cases"
local keeping = require "model.keeping"
local outcome = require "model.outcome"
local screening = require "model.screening"
local rules = require "lib.rules"
local typed = require "model.answers"

local writers = { "worker", "supervisor" }

local function why_words(t)
  return {
    hidden = t("Does not apply, because of other answers"),
    decided = t("Would change nothing: every program that reads it is settled"),
    urgency = t("Could only change how urgent a program is"),
    unread = t("Decides nothing; useful for applications"),
    given_absent = t("Was asked: not known, or the person prefers not to say"),
  }
end

-- Of many only some: the first questions are needed by nearly all.
local function program_names(request, result, programs)
  local names, list, most = {}, {}, 4
  for _, determination in ipairs(result.determinations) do names[determination.program] = determination.name end
  for index, program in ipairs(programs) do
    if index <= most or #programs == most + 1 then
      list[index] = { index > 1 and ", " or false, request.program_text(program, names[program] or program) }
    end
  end
  if #programs > #list then list[#list + 1] = { " ", request.t("and {count} more", { count = #programs - #list }) } end
  return list
end

local function row_of(request, case, result, row)
  local t, tags = request.t, nil
  if row.set_aside then
    tags = ui.tag(request, t("Set aside: not asked, because of other answers"), "warning")
  elseif row.value == nil and row.waiting and #row.waiting > 0 then
    tags = h.span{ class = "ask-needed", t("Needed by:"), " ", program_names(request, result, row.waiting) }
  elseif case.body.confirmed and not case.body.confirmed[row.id] and row.value ~= nil then
    tags = ui.tag(request, t("Not confirmed yet"), "warning")
  end
  return { key = explain.question(request, row.id, row.item), href = answers.href(case, row),
    value = row.value ~= nil and explain.value(request, row.item, row.value) or nil, tags = tags,
    change = row.value == nil and t("Answer") or t("Change") }
end

local function section(request, case, result, made)
  local tn, rows, private, answered = request.tn, {}, {}, 0
  for index, row in ipairs(made.rows) do rows[index] = row_of(request, case, result, row) end
  for index, row in ipairs(made.private) do
    private[index] = row_of(request, case, result, row)
    if row.value ~= nil then answered = answered + 1 end
  end
  local open = #private - answered
  local words = { answered > 0 and tn(answered, "1 private answer", "{count} private answers"), answered > 0 and open > 0 and ", ",
    open > 0 and tn(open, "1 private question is still open", "{count} private questions are still open") }
  if #rows + #private == 0 then return false end
  local id = "section-" .. made.section.section
  return h.section{ ["aria-labelledby"] = id, h.h2{ id = id, request.form_text(made.section.title) },
    #rows > 0 and ui.summary_list(request, rows),
    #private > 0 and ui.details(request, { summary = words,
      ui.summary_list(request, private) }) }
end

local function not_asked(request, case, list)
  local t, words, blocks, total = request.t, why_words(request.t), {}, 0
  for _, made in ipairs(list) do
    local rows = {}
    for index, row in ipairs(made.not_asked) do
      rows[index] = { key = explain.question(request, row.id, row.item), value = words[row.why] or words.unread,
        href = row.why ~= "hidden" and answers.href(case, row) or nil, change = t("Answer") }
      total = total + 1
    end
    if #rows > 0 then
      blocks[#blocks + 1] = { h.h3{ request.form_text(made.section.title) }, ui.summary_list(request, rows) }
    end
  end
  if total == 0 then return false end
  return h.section{ ["aria-labelledby"] = "not-asked", h.h2{ id = "not-asked", t("What was not asked") },
    h.p{ t("You did not forget these. They need not be asked of this household.") },
    ui.details(request, { summary = request.tn(total, "1 question, and why", "{count} questions, and why"), blocks }) }
end

-- What cannot be kept as it is: an answer that the rules refuse, in the words that stand at its question.
local function refused(request, case, result)
  local form, list = rules.form("all"), {}
  for index, problem in ipairs(typed.errors(request, form and form.items or {}, screening.refused(case, result))) do
    list[index] = { message = { h.a{ href = explain.link(case.id, problem.item) or "/cases/" .. case.id,
      explain.question(request, problem.item, explain.item(problem.item)) }, " ", problem.message } }
  end
  return list
end

local function warnings(request, case, result)
  local t, list = request.t, {}
  for index, warning in ipairs(result.warnings or {}) do
    local path = (warning.path or ""):match("^answers%.(.+)$")
    local href = path and explain.link(case.id, path)
    list[index] = h.li{ request.form_text(warning.message), href and { " ", h.a{ href = href, t("Look at it"),
      h.span{ class = "usa-sr-only", ": ", explain.missing(request, path) } } } }
  end
  if #list == 0 then return false end
  return ui.alert(request, { kind = "warning", heading = t("Worth a second look"), h.ul{ class = "usa-list", list } })
end

local function still_needed(request, result)
  local t, count = request.t, 0
  for _, determination in ipairs(result.determinations) do
    if determination.status == "need_info" then count = count + 1 end
  end
  if count == 0 then return false end
  return ui.alert(request, { kind = "info", slim = true,
    text = { request.tn(count, "1 program still waits for answers.", "{count} programs still wait for answers."), " ",
      t("They are marked below. You can keep the results without them: unknown never counts as no.") } })
end

-- A reassessment: the answers of last time that nobody has looked at yet. A message, and the form that confirms them; what only another
-- role may answer waits for somebody who has it.
local function to_confirm(request, case)
  local t, tn, left, others = request.t, request.tn, 0, 0
  local form = rules.form()
  for id in pairs(case.body.answers) do
    if case.body.confirmed and not case.body.confirmed[id] then
      local own = form and cases.may_answer(request.user, form.section_of[id])
      if own then left = left + 1 else others = others + 1 end
    end
  end
  if left + others == 0 then return false, false end
  local wait = others > 0 and h.p{ tn(others, "1 answer waits for somebody else to confirm it.",
    "{count} answers wait for somebody else to confirm them.") }
  if left == 0 then return ui.alert(request, { kind = "info", wait }), false end
  return ui.alert(request, { kind = "info", heading = tn(left, "1 answer of last time is not confirmed yet",
    "{count} answers of last time are not confirmed yet"),
    h.p{ t("Read them to the person. Change what is different now. At the end you can confirm the rest."), " ",
      h.a{ href = "#confirm-rest", t("To the end") } }, wait }), h.form{ id = "confirm-rest", class = "ask-keep", method = "post",
    action = "/cases/" .. case.id .. "/confirm", ui.csrf(request),
    h.h2{ t("Confirm the rest") },
    h.p{ tn(left, "1 answer is as it was last time.", "{count} answers are as they were last time.") },
    h.input{ type = "hidden", name = "all", value = "1" },
    ui.button(request, { text = t("They are still right"), kind = "outline" }) }
end

local function page(request, problem, status)
  local t = request.t
  local case, failed = head.case(request)
  if not case then return failed end
  request.here = "/cases/" .. case.id .. "/check"
  local result, reason = screening.of(case, { detail = "reasons" })
  if not result then return { failed = reason } end
  local asked = outcome.next(case)
  local list, why = answers.sections(case, asked, result.ignored)
  if not list then return { failed = why } end
  local blocks = {}
  for index, made in ipairs(list) do blocks[index] = section(request, case, result, made) end
  local errors = refused(request, case, result)
  if problem then table.insert(errors, 1, { message = problem }) end
  local message, rest = to_confirm(request, case)
  local form, open = rules.form(), 0
  for item in pairs(case.body.conflicts or {}) do
    if form and form.items[item] and cases.may_answer(request.user, form.section_of[item]) then open = open + 1 end
  end
  return { status = status, html = ui.page(request, { title = t("Check answers"), nav = "clients", errors = errors,
    main = { h.div{ class = "ask-check",
      head.tabs(request, case, "check"),
      ui.heading(request, { text = t("Check answers"), caption = head.name(request, case),
        lead = t("Read them to the person. Change what is not right.") }),
      open > 0 and ui.alert(request, { kind = "warning", text = {
        request.tn(open, "Somebody else changed 1 answer too.", "Somebody else changed {count} answers too."), " ",
        h.a{ href = "/cases/" .. case.id .. "/merge", t("Look at both") } } }),
      message,
      warnings(request, case, result),
      still_needed(request, result),
      blocks,
      not_asked(request, case, list),
      rest,
      h.form{ method = "post", action = "/cases/" .. case.id .. "/submit", class = "ask-keep", ui.csrf(request),
        h.input{ type = "hidden", name = "version", value = case.version },
        h.h2{ t("Keep the results") },
        h.p{ t("The answers and what every program says of them are kept as of today."), " ",
          t("You can correct answers later: nothing is overwritten.") },
        ui.buttons(request, { ui.button(request, { text = t("Show results and keep") }),
          ui.button(request, { text = t("Only look at the results"), kind = "outline",
            href = "/cases/" .. case.id .. "/results" }) }) } } } }) }
end

local function submit(request)
  local t = request.t
  local case, failed = head.case(request)
  if not case then return failed end
  local seen = math.tointeger(tonumber(request.form.version or ""))
  if seen and cases.is_changed_since(case, seen) then
    return page(request, t("Answers were changed since you read them. Nothing was kept. Read them again."), 409)
  end
  local written, reason = keeping.keep(request, case)
  if written then return { redirect = "/cases/" .. case.id .. "/results?kept=1" } end
  if reason == "unacceptable" then return page(request, t("Some answers contradict each other. Nothing was kept."), 422) end
  return { failed = reason }
end

return {
  { "GET", "/cases/{id}/check", roles = writers, function(request) return page(request) end },
  { "POST", "/cases/{id}/submit", roles = writers, submit },
}
