-- The worker's paper, for the case file: every program, the answers, the versions. Private answers only when they are asked for.

local h = require "lib.html"
local answers = require "view.case_answers"
local explain = require "view.explain"
local head = require "view.case_head"
local ui = require "lib.ui"
local cases = require "model.cases"
local outcome = require "model.outcome"

local readers = { "worker", "supervisor" }

local function determination_rows(request, determinations)
  local t, rows = request.t, {}
  for index, determination in ipairs(determinations) do
    local program, level = determination.program, determination.level or {}
    local kind, list = outcome.why(determination)
    local texts = {}
    for number, text in ipairs(list) do
      if number <= 6 then texts[number] = { number > 1 and "; " or false, explain.words(request, program, text) } end
    end
    local missing = {}
    for number, path in ipairs(determination.missing) do
      if number <= 3 then missing[number] = { number > 1 and "; " or false, explain.missing(request, path) } end
    end
    if #determination.missing > 3 then missing[#missing + 1] = " …" end
    local amount = determination.amount and determination.amount_cents and outcome.fits(determination)
      and request.money(determination.amount_cents / 100)
    rows[index] = {
      { h.b{ request.program_text(program, determination.name) }, h.br{}, h.span{ class = "usa-hint",
        request.program_text(program, determination.agency) } },
      { ui.status_word(request, determination.status), determination.verified == false and { h.br{}, explain.unverified(request) } },
      { level.name and level.name ~= "routine" and request.program_text(program, level.name),
        level.deadline and { h.br{}, request.date(level.deadline) }, amount and { h.br{}, amount } },
      { #texts > 0 and { kind == "unmet" and { t("Not met:"), " " }, texts }, #missing > 0 and { t("Waits for:"), " ", missing },
        outcome.fits(determination) and determination.next_step and { h.br{}, h.b{ t("Next step:") }, " ",
          explain.words(request, program, determination.next_step) } },
    }
  end
  return rows
end

local function answer_rows(request, rows)
  local list = {}
  for index, row in ipairs(rows) do
    list[index] = { key = explain.question(request, row.id, row.item),
      value = row.value ~= nil and explain.value(request, row.item, row.value) or nil }
  end
  return list
end

local function answered(rows)
  local list = {}
  for _, row in ipairs(rows) do if row.value ~= nil then list[#list + 1] = row end end
  return list
end

local function worker_page(request)
  local t = request.t
  local case, result, kept = head.result(request, "tree")
  if not case then return result end
  local with_private = request.query.private == "1"
  local list, reason = answers.sections(case, nil, result.ignored)
  if not list then return { failed = reason } end
  local sections, held_back = {}, 0
  for index, made in ipairs(list) do
    local rows, own = answered(made.rows), answered(made.private)
    if with_private then table.move(own, 1, #own, #rows + 1, rows) else held_back = held_back + #own end
    sections[index] = #rows > 0 and { h.h3{ request.form_text(made.section.title) }, ui.summary_list(request, answer_rows(request, rows)) }
  end
  local base = "/cases/" .. case.id .. "/print/worker"
  local rule_rows = {}
  for index, determination in ipairs(outcome.sorted(result)) do
    local rule = determination.rule or {}
    rule_rows[index] = h.li{ h.code{ dir = "ltr", determination.program, " ", tostring(rule.version), " ",
      tostring(rule.hash or ""):sub(1, 12) } }
  end
  return { html = ui.page(request, { title = t("Worker's summary"), nav = "clients", print = true,
    back = { href = "/cases/" .. case.id .. "/results", text = t("Results") },
    main = {
      h.section{ class = "ask-no-print ask-print-choices",
        h.p{ t("For the case file: everything that every program says. Not for the client's table at home.") },
        (held_back > 0 or with_private) and h.p{ with_private and h.a{ href = base, t("Leave private answers out") }
          or h.a{ href = base .. "?private=1", request.tn(held_back, "Print 1 private answer too",
            "Print {count} private answers too") } } },
      h.article{ class = "ask-paper ask-paper--worker",
        h.header{ class = "ask-paper__head", h.div{ h.h1{ class = "ask-paper__title", t("Summary for the case file") },
          h.p{ h.bdi{ cases.name(case) or "" }, " · ", t("Confidential") } },
          h.p{ class = "ask-paper__date", t("As of {date}", { date = request.date(result.as_of) }), h.br{},
            head.kept(request, case, kept) } },
        ui.table(request, { caption = t("What every program says"), rows = determination_rows(request, outcome.sorted(result)),
          columns = { { text = t("Program") }, { text = t("Result") }, { text = t("How urgent, how much") },
            { text = t("Why, and next step") } } }),
        h.section{ h.h2{ t("Answers") }, sections,
          held_back > 0 and h.p{ class = "usa-hint", request.tn(held_back, "1 private answer is not printed.",
            "{count} private answers are not printed.") } },
        h.section{ class = "ask-versions", h.h2{ t("With what it was computed") },
          h.p{ t("Engine"), " ", result.engine.name, " ", result.engine.version, " · ", t("Form"), " ", result.form.version, " ",
            h.code{ dir = "ltr", tostring(result.form.hash):sub(1, 12) },
            result.id and { " · ", t("Assessment"), " ", h.code{ dir = "ltr", result.id }, " ",
              t("revision {number}", { number = result.revision }) } },
          h.ul{ class = "ask-rule-versions", rule_rows } } } } }) }
end

return { { "GET", "/cases/{id}/print/worker", roles = readers, worker_page } }
