-- Reassessment: starting one from the last answers, confirming what stays the same, and what changed.

local h = require "lib.html"
local answers = require "view.case_answers"
local explain = require "view.explain"
local head = require "view.case_head"
local ui = require "lib.ui"
local cases = require "model.cases"
local changes = require "model.changes"
local intake = require "model.intake"
local questions = require "model.questions"
local outcome = require "model.outcome"
local reassess = require "model.reassess"
local result_card = require "view.result_card"

local answerers = { "worker", "supervisor", "nurse" }
local writers = { "worker", "supervisor" }

local function start(request)
  local case, failed = head.case(request)
  if not case then return failed end
  local made, reason = reassess.start(request, case)
  if not made then return { failed = reason } end
  return { redirect = "/cases/" .. made.id }
end

-- ---- confirming ------------------------------------------------------------------------------------------------------------------

-- Confirms one item (item=), those of a page of the intake (section=), or all that are left (all=1): of those that this person may
-- answer.
local function confirm(request)
  local case, failed = head.case(request)
  if not case then return failed end
  local made, why = questions.of()
  if not made then return { failed = why } end
  local form, body, list = request.form, case.body, host.json.array {}
  local page = form.section and made.by_id[form.section]
  for id in pairs(body.answers) do
    local place = made.page_of[id]
    local wanted = form.all == "1" or form.item == id or page and place == page
    if body.confirmed and not body.confirmed[id] and wanted and cases.may_answer(request.user, made.section_of[id]) then
      list[#list + 1] = id
    end
  end
  table.sort(list)
  if #list > 0 then
    local changed, reason = changes.apply(request, case.id, { version = case.version, confirm = list })
    if not changed then return { failed = reason } end
  end
  return { redirect = page and questions.address(case.id, page) or intake.after_all(case.id, request.user) }
end

-- ---- what changed ------------------------------------------------------------------------------------------------------------------

local function answer_rows(request, case, list)
  local by_item, rows, private = {}, {}, {}
  for _, change in ipairs(list) do by_item[change.item] = change end
  for _, id in ipairs(explain.in_order(by_item)) do
    local change, item = by_item[id], explain.item(id)
    local href, text = explain.link(case.id, id), explain.question(request, id, item)
    local row = { href and h.a{ href = href, text } or text, explain.value(request, item, change.before),
      explain.value(request, item, change.after) }
    table.insert(item and answers.is_private(item) and private or rows, row)
  end
  return rows, private
end

local function says(request, program, state)
  local t = request.t
  if not state then return h.span{ class = "usa-hint", t("Not asked then") } end
  local money = state.amount and outcome.fits(state) and result_card.amount(request, state.amount, state.per)
  return { ui.status(request, state.status),
    state.level and state.level ~= "routine" and h.span{ class = "ask-moved__more", request.program_text(program, state.level) },
    state.deadline and h.span{ class = "ask-moved__more", t("By {date}", { date = request.date(state.deadline) }) },
    money and h.span{ class = "ask-moved__more", money } }
end

local function program_rows(request, case, found)
  local t, rows = request.t, {}
  local words = { better = ui.tag(request, t("Better"), "success"), worse = ui.tag(request, t("Worse"), "warning") }
  for index, moved in ipairs(found.programs) do
    rows[index] = {
      { h.a{ href = "/cases/" .. case.id .. "/results/" .. moved.program, request.program_text(moved.program, moved.name) }, " ",
        words[moved.direction], moved.other_rule and h.span{ class = "ask-moved__more", t("The rule changed too") } },
      says(request, moved.program, moved.before), says(request, moved.program, moved.after) }
  end
  return rows
end

local function left_to_confirm(case)
  local count = 0
  for id in pairs(case.body.answers) do
    if case.body.confirmed and not case.body.confirmed[id] then count = count + 1 end
  end
  return count
end

local function page(request)
  local t = request.t
  local case, failed = head.case(request)
  if not case then return failed end
  local found, reason = reassess.changes(case)
  if not found then return { failed = reason } end
  local rows, private = answer_rows(request, case, found.answers)
  local left = left_to_confirm(case)
  local columns = { { text = t("Question") }, { text = t("Before") }, { text = t("Now") } }
  local from = case.body.based_on.case
  return { html = ui.page(request, { title = t("What changed"), wide = true, nav = "clients", main = {
    head.tabs(request, case, "changes"),
    ui.heading(request, { text = t("What changed"), caption = head.name(request, case),
      tags = h.p{ class = "ask-heading__note", head.kept(request, case, found.kept) },
      lead = { t("Between {before} and {after}.", { before = request.date(found.before.as_of),
        after = request.date(found.after.as_of) }),
        from and { " ", h.a{ href = "/cases/" .. from .. "/results", t("The results of then") } } } }),
    left > 0 and ui.alert(request, { kind = "info", slim = true, text = {
      request.tn(left, "1 answer is not confirmed yet.", "{count} answers are not confirmed yet."), " ",
      h.a{ href = "/cases/" .. case.id .. "/check", t("Check them") } } }),
    h.section{ class = "ask-moved", ["aria-labelledby"] = "moved", h.h2{ id = "moved", t("What programs say") },
      ui.table(request, { caption = t("Programs that say something else"), caption_hidden = true,
        rows = program_rows(request, case, found), columns = { { text = t("Program") }, { text = t("Before") }, { text = t("Now") } },
        empty = t("Every program says the same as before.") }),
      #found.programs > 0 and found.same > 0 and h.p{ class = "usa-hint", request.tn(found.same, "1 program says the same as before.",
        "{count} programs say the same as before.") } },
    h.section{ class = "ask-moved", ["aria-labelledby"] = "answers", h.h2{ id = "answers", t("Answers") },
      (#rows > 0 or #private == 0) and ui.table(request, { caption = t("Answers that changed"), caption_hidden = true, rows = rows,
        columns = columns, empty = t("No answer changed.") }),
      #private > 0 and ui.details(request, { summary = request.tn(#private, "1 private answer changed", "{count} private answers changed"),
        ui.table(request, { caption = t("Private answers that changed"), caption_hidden = true, rows = private, columns = columns }) }) },
    } }) }
end

return {
  { "POST", "/cases/{id}/reassess", roles = writers, start },
  { "POST", "/cases/{id}/confirm", roles = answerers, confirm },
  { "GET", "/cases/{id}/changes", roles = writers, page },
}
