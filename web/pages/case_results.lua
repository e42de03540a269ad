-- The results of a case: what to do first, what each program says, and beside it what goes for all of them.

local h = require "lib.html"
local aside = require "view.results_aside"
local explain = require "view.explain"
local head = require "view.case_head"
local result_card = require "view.result_card"
local ui = require "lib.ui"
local outcome = require "model.outcome"
local rules = require "lib.rules"

local readers = { "worker", "supervisor" }

-- A step up to here is done at once; what is later has its place among the deadlines.
local first_until = 4

local function first_steps(request, case, result)
  local t, list = request.t, {}
  local any = result.determinations[1] and result.determinations[1].program
  for index, step in ipairs(outcome.first_steps(result, first_until)) do
    local own = step.program and outcome.find(result, step.program)
    local program = step.program or step.programs and step.programs[1] or any
    local known = rules.programs()
    local summary = own and known and known.by_id[step.program]
    local heading = own and { h.a{ href = "/cases/" .. case.id .. "/results/" .. own.program, request.program_text(program, own.name) },
      step.text and { ": ", request.program_text(program, step.text) } } or explain.words(request, program, step.text)
    local seen = {}
    for number, text in ipairs(step.seen or {}) do
      seen[number] = { number > 1 and "; " or false, explain.words(request, program, text) }
    end
    local phone = summary and summary.phone
    if phone and step.say and step.say:find(phone, 1, true) then phone = nil end
    list[index] = h.li{ class = "ask-first__step ask-first__step--" .. (step.urgency <= 1 and "now" or "soon"),
      h.h3{ class = "ask-first__heading", heading },
      h.p{ class = "ask-first__say", explain.text(request, program, step.say) },
      h.p{ class = "ask-first__more",
        ui.urgency(request, step.urgency),
        step.deadline and step.deadline ~= result.as_of and h.span{ t("By {date}", { date = request.date(step.deadline) }) },
        phone and explain.phone(request, phone),
        #seen > 0 and h.span{ t("Because:"), " ", seen },
        step.verified == false and explain.unverified(request) } }
  end
  if #list == 0 then return false end
  local now = outcome.first_steps(result, 1)[1] ~= nil
  return h.section{ class = "ask-first" .. (now and " ask-first--now" or ""), ["aria-labelledby"] = "first",
    h.h2{ id = "first", t("What to do first") }, h.ol{ class = "ask-first__steps", list } }
end

local function groups_of(determinations)
  local soon, by_status = {}, {}
  for _, determination in ipairs(determinations) do
    if outcome.is_soon(determination) then
      soon[#soon + 1] = determination
    else
      local status = ui.known_status(determination.status)
      by_status[status] = by_status[status] or {}
      table.insert(by_status[status], determination)
    end
  end
  return soon, by_status
end

local function group_texts(t)
  return {
    likely = { t("Likely"), t("The criteria hold. The agency decides.") },
    possible = { t("Possible"), t("The criteria hold, and somebody's judgement decides.") },
    need_info = { t("Needs answers"), t("It cannot be said yet. Each answer that is missing is a link to its question.") },
    unlikely = { t("Unlikely"), t("A criterion does not hold. Anyone may apply all the same.") },
    withheld = { t("Not shared"), t("The person did not let these programs see the answers.") },
    error = { t("Cannot say"), t("The rule of this program failed. Its result is not known; the others are not touched by it.") },
  }
end

local function programs(request, case, determinations, only)
  local t = request.t
  local soon, by_status = groups_of(determinations)
  local blocks, texts = {}, group_texts(request.t)
  local function add(id, text, lead, list, as)
    local nodes = {}
    for _, determination in ipairs(list) do
      if not only or ui.known_status(determination.status) == only then nodes[#nodes + 1] = as(request, case, determination) end
    end
    if #nodes == 0 then return end
    blocks[#blocks + 1] = h.section{ class = "ask-group", ["aria-labelledby"] = "group-" .. id,
      h.h2{ id = "group-" .. id, text, " ", h.span{ class = "ask-group__count", #nodes } }, lead and h.p{ class = "usa-hint", lead },
      as == result_card.card and ui.cards(request, nodes) or h.ul{ class = "ask-line-results", nodes } }
  end
  add("soon", t("Most urgent"), nil, soon, result_card.card)
  for _, status in ipairs(outcome.statuses) do
    local cards = status == "likely" or status == "possible" or status == "need_info"
    add(status, texts[status][1], texts[status][2], by_status[status] or {}, cards and result_card.card or result_card.line)
  end
  if #blocks == 0 then return ui.empty(request, { text = t("No program says that.") }) end
  return blocks
end

local function filter_links(request, case, result, only)
  local t, counts = request.t, outcome.counts(result)
  local base = "/cases/" .. case.id .. "/results"
  local items = { { text = t("All"), href = base .. "#programs", current = not only, count = #result.determinations } }
  for _, status in ipairs(outcome.statuses) do
    if counts[status] then
      items[#items + 1] = { text = ui.status_word(request, status), href = base .. "?status=" .. status .. "#programs",
        current = only == status, count = counts[status] }
    end
  end
  return ui.filters(request, t("Show programs"), items)
end

local function page(request)
  local t = request.t
  local case, result, kept = head.result(request, "tree")
  if not case then return result end
  local only = ui.known_status(request.query.status) == request.query.status and request.query.status or nil
  local determinations = outcome.sorted(result)
  local was_kept = case.body.assessment and not kept
  return { html = ui.page(request, { title = t("Results"), wide = true, nav = "clients",
    status = request.query.kept and kept and t("The results are kept.") or nil,
    main = {
      head.tabs(request, case, "results"),
      ui.heading(request, { text = t("Results"), caption = head.name(request, case),
        tags = h.p{ class = "ask-heading__note", t("As of {date}", { date = request.date(result.as_of) }), " · ",
          head.kept(request, case, kept) } }),
      not kept and ui.alert(request, { kind = "info", slim = true, text = {
        was_kept and t("Answers changed after these results were kept. This is how it looks now.")
          or t("This is how it looks now. Nothing is kept until the answers are checked."), " ",
        h.a{ href = "/cases/" .. case.id .. "/check", t("Check the answers and keep the results") } } }),
      first_steps(request, case, result),
      h.div{ class = "ask-results",
        h.div{ class = "ask-results__main", id = "programs",
          filter_links(request, case, result, only),
          programs(request, case, determinations, only) },
        h.aside{ class = "ask-results__aside", ["aria-label"] = t("Over all programs"),
          aside.deadlines(request, case, determinations),
          aside.documents(request, determinations),
          aside.flags(request, result),
          aside.not_asked(request, case),
          aside.look_again(request, case, result, kept),
          aside.unverified(request, determinations) } } } }) }
end

return { { "GET", "/cases/{id}/results", roles = readers, page } }
