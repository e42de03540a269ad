-- Why one program says what it says: the criteria with the person's own values, how urgent, the arithmetic, what would change it, and
-- the versions with which it can be computed again.

local h = require "lib.html"
local criteria = require "view.criteria"
local explain = require "view.explain"
local head = require "view.case_head"
local ui = require "lib.ui"
local cases = require "model.cases"
local intake = require "model.intake"
local outcome = require "model.outcome"
local questions = require "model.questions"
local rules = require "lib.rules"
local what_if = require "view.what_if"

local readers = { "worker", "supervisor", "nurse" }

local function context_of(request, case, determination)
  local context = { request = request, program = determination.program, case_id = case.id, lines = {}, parameters = {} }
  for _, line in ipairs(determination.worksheet or {}) do context.lines[line.name] = line end
  local program = host.program(determination.program)
  for _, parameter in ipairs(program and program.parameters or {}) do context.parameters[parameter.parameter] = parameter end
  return context
end

local function lead(request, determination)
  local t = request.t
  local texts = {
    likely = t("The criteria hold."), possible = t("The criteria hold, and somebody's judgement decides."),
    need_info = t("It cannot be said yet."), unlikely = t("A criterion does not hold."),
    withheld = t("The person did not let this program see the answers."),
    error = t("The rule of this program failed. Its result is not known."),
  }
  return { texts[ui.known_status(determination.status)], " ", t("This is a screening. Only the agency decides.") }
end

local function reasons(request, determination)
  local t, program = request.t, determination.program
  local blocks = {}
  local function add(kind, heading)
    local list = {}
    for _, reason in ipairs(determination.reasons) do
      if reason.kind == kind then
        list[#list + 1] = h.li{ explain.text(request, program, reason.text), " ", explain.cite(request, reason.cite),
          reason.verified == false and { " ", explain.unverified(request) } }
      end
    end
    if #list > 0 then blocks[#blocks + 1] = { h.h2{ heading }, h.ul{ class = "usa-list", list } } end
  end
  add("possible", t("What is left to the agency"))
  add("error", t("What failed"))
  add("withheld", t("What is not shared"))
  add("note", t("What to know"))
  return blocks
end

local function missing(request, case, determination)
  local t, list = request.t, {}
  for index, path in ipairs(determination.missing) do
    local href, text = explain.link(case.id, path), explain.missing(request, path)
    list[index] = h.li{ href and h.a{ href = href, text } or text }
  end
  if #list == 0 then return false end
  return { h.h2{ t("What it waits for") }, h.ul{ class = "usa-list", list } }
end

local function level(request, case, determination)
  local t, own, program = request.t, determination.level, determination.program
  if not own or not own.name and not own.could_be then return false end
  local rows = {}
  local within = explain.within(request, own.act_within)
  if own.name then
    rows[#rows + 1] = { key = t("Level"), value = { request.program_text(program, own.name), " ", explain.cite(request, own.cite),
      own.verified == false and { " ", explain.unverified(request) } } }
    if own.deadline or within then
      rows[#rows + 1] = { key = t("Act"), value = { within, own.deadline and { within and ", ", t("by {date}",
        { date = request.date(own.deadline) }) } } }
    end
  end
  local could = own.could_be
  if could then
    local list = {}
    for index, path in ipairs(could.missing) do
      local href, text = explain.link(case.id, path), explain.missing(request, path)
      list[index] = h.li{ href and h.a{ href = href, text } or text }
    end
    rows[#rows + 1] = { key = t("Could be more urgent"), value = { request.program_text(program, could.name),
      could.act_within and { ", ", explain.within(request, could.act_within) }, " ", explain.cite(request, could.cite),
      h.p{ class = "ask-could__lead", t("Not ruled out until these are answered:") }, h.ul{ list } } }
  end
  return { h.h2{ t("How urgent") }, ui.summary_list(request, rows) }
end

local function amount(request, determination)
  local t, rows, program = request.t, {}, determination.program
  if determination.amount and determination.amount_cents then
    local money = request.money(determination.amount_cents / 100)
    local per = { month = t("{amount} a month", { amount = money }), year = t("{amount} a year", { amount = money }) }
    rows[#rows + 1] = { key = request.program_text(program, determination.amount.text),
      value = h.b{ per[determination.amount.per] or money } }
  end
  if determination.score ~= nil then rows[#rows + 1] = { key = t("Score"), value = tostring(determination.score) } end
  if #rows == 0 then return false end
  return { h.h2{ t("How much") }, ui.summary_list(request, rows) }
end

local function worksheet(context, determination)
  local request, t, rows = context.request, context.request.t, {}
  for index, line in ipairs(determination.worksheet or {}) do
    rows[index] = { id = "line-" .. line.name,
      { line.text and request.program_text(context.program, line.text) or explain.question(request, line.name),
        h.div{ class = "ask-criterion__source", explain.cite(request, line.cite),
          line.verified == false and { " ", explain.unverified(request) } },
        ui.details(request, { summary = t("How it was computed"), h.p{ h.code{ class = "ask-formula", dir = "ltr", line.expr } },
          criteria.values(context, line) }) },
      explain.figure(request, line.type, line.value) }
  end
  if #rows == 0 then return false end
  return { h.h2{ t("The arithmetic") }, ui.table(request, { caption = t("Each step with its figure"), caption_hidden = true,
    columns = { { text = t("Step") }, { text = t("Figure"), number = true } }, rows = rows }) }
end

local function next_steps(request, determination)
  local t, program = request.t, determination.program
  local known = rules.programs()
  local summary = known and known.by_id[program] or {}
  local documents, cannot = {}, {}
  for index, document in ipairs(determination.documents) do
    documents[index] = h.li{ request.program_text(program, document.text),
      document.needed ~= true and { " ", h.span{ class = "usa-hint", t("(perhaps)") } }, " ", explain.cite(request, document.cite),
      document.verified == false and { " ", explain.unverified(request) } }
  end
  for index, text in ipairs(determination.cannot or {}) do
    -- Some are texts alone, some say where they come from.
    local words = type(text) == "table" and text.text or text
    cannot[index] = h.li{ request.program_text(program, words),
      type(text) == "table" and text.verified == false and { " ", explain.unverified(request) } }
  end
  local review = determination.review
  return h.section{ class = "ask-box", ["aria-labelledby"] = "next", h.h2{ id = "next", t("Next step") },
    determination.next_step and h.p{ explain.text(request, program, determination.next_step) },
    h.p{ class = "ask-contact", h.span{ request.program_text(determination.program, determination.agency) },
      summary.phone and explain.phone(request, summary.phone),
      summary.url and h.a{ href = summary.url, rel = "noreferrer", dir = "ltr",
        (summary.url:gsub("^https?://", ""):gsub("^www%.", ""):gsub("/$", "")) } },
    #documents > 0 and { h.h3{ t("Documents") }, h.ul{ class = "ask-checklist", documents } },
    #cannot > 0 and { h.h3{ t("What it cannot do") }, h.ul{ cannot } },
    review and review.months and h.p{ h.b{ t("Look again:") }, " ",
      request.tn(review.months, "after 1 month", "after {count} months"), " ", explain.cite(request, review.cite) },
    h.p{ h.a{ href = "/programs/" .. program, t("All about this program") } } }
end

-- One thing that nobody has read the source of, as the engine names it: a rule by its text, a step also by its name, a number as
-- "title (id)", of which the id is for those who write rules.
local function unverified_text(context, text)
  local t, request = context.request.t, context.request
  local others = { ["the whole program"] = t("the whole program"), ["when to review it"] = t("when to review it"),
    ["a rule"] = t("a rule"), ["the deadline: which days are holidays then is not in the table"] =
      t("the deadline: which days are holidays then is not in the table") }
  local function translated(english) return request.program_text(context.program, english) end
  local level_name, step, id = text:match("^level: (.+)"), text:match("^next step: (.+)"), text:match(" %(([%w_]+)%)$")
  if others[text] then return others[text] end
  if level_name then return { t("level:"), " ", translated(level_name) } end
  if step then return { t("next step:"), " ", translated(step) } end
  if context.lines[text] then return explain.name(request, translated, text) end
  return translated(id and context.parameters[id] and text:sub(1, -#id - 4) or text)
end

local function unverified(context, determination)
  local request, list = context.request, {}
  for index, text in ipairs(determination.unverified) do list[index] = h.li{ unverified_text(context, text) } end
  return h.section{ class = "ask-box", ["aria-labelledby"] = "verified", h.h2{ id = "verified", request.t("Not verified") },
    h.p{ request.t("Nobody has read the source of these yet. They may be right. Check them before you rely on them.") },
    ui.details(request, { summary = request.tn(#list, "1 rule or number", "{count} rules or numbers"), h.ul{ list } }) }
end

local function versions(request, result, determination)
  local t = request.t
  local function short(hash) return h.code{ dir = "ltr", tostring(hash or ""):sub(1, 12) } end
  local rule = determination.rule or {}
  return h.section{ class = "ask-versions", ["aria-labelledby"] = "versions",
    h.h2{ id = "versions", t("With what it was computed") },
    h.dl{ class = "ask-values",
      h.div{ class = "ask-values__row", h.dt{ t("As of") }, h.dd{ request.date(result.as_of) } },
      h.div{ class = "ask-values__row", h.dt{ t("Rule") }, h.dd{ tostring(rule.version), " ", short(rule.hash) } },
      h.div{ class = "ask-values__row", h.dt{ t("Law") }, h.dd{ explain.cite(request, rule.cite) } },
      h.div{ class = "ask-values__row", h.dt{ t("Form") }, h.dd{ result.form.version, " ", short(result.form.hash) } },
      result.shared and h.div{ class = "ask-values__row", h.dt{ t("Shared numbers") }, h.dd{ short(result.shared.hash) } },
      h.div{ class = "ask-values__row", h.dt{ t("Engine") }, h.dd{ result.engine.name, " ", result.engine.version } },
      result.id and h.div{ class = "ask-values__row", h.dt{ t("Assessment") },
        h.dd{ h.code{ dir = "ltr", result.id }, " ", t("revision {number}", { number = result.revision }) } } } }
end

local function page(request)
  local t = request.t
  local case, failed = head.case(request)
  if not case then return failed end
  local result, kept = outcome.of(case, "tree")
  if not result then return { failed = kept } end
  local determination = outcome.find(result, request.params.program)
  local made = questions.of()
  if not determination or not made or not intake.is_for(made, request.user, determination.program) then return { status = 404 } end
  local program = determination.program
  local context = context_of(request, case, determination)
  local changes = outcome.what_if(case, result, program)
  local possible = determination.possible
  local shows_possible = possible and (possible.value ~= false or determination.status == "possible")
  return { html = ui.page(request, { title = { request.t_program(program, determination.name), " – ", t("Why") },
    wide = true, nav = "clients",
    back = cases.sees_all(request.user) and { href = "/cases/" .. case.id .. "/results#program-" .. program, text = t("All results") }
      or { href = "/cases/" .. case.id },
    main = {
      ui.heading(request, { text = request.program_text(program, determination.name), caption = head.name(request, case),
        tags = { ui.status(request, determination.status), outcome.urgency(determination) <= 6
          and ui.urgency(request, outcome.urgency(determination)),
          h.p{ class = "ask-heading__note", t("As of {date}", { date = request.date(result.as_of) }), " · ",
            head.kept(request, case, kept) } },
        lead = lead(request, determination) }),
      result.no_tree and ui.alert(request, { kind = "info", slim = true,
        text = t("It was kept by another version, whose criteria cannot be shown any more. Its result and reasons are here.") }),
      h.div{ class = "ask-results",
        h.div{ class = "ask-results__main",
          missing(request, case, determination),
          determination.criteria and { h.h2{ t("Why") }, criteria.tree(context, determination.criteria) },
          shows_possible and { h.h2{ t("What would leave it to somebody's judgement") }, criteria.tree(context, possible) },
          changes and { h.h2{ t("What would change it") }, what_if.show(request, case.id, changes) },
          level(request, case, determination),
          amount(request, determination),
          worksheet(context, determination) },
        h.aside{ class = "ask-results__aside", ["aria-label"] = t("About the program"),
          next_steps(request, determination),
          h.section{ class = "ask-flags ask-notes", reasons(request, determination) },
          determination.verified == false and unverified(context, determination),
          versions(request, result, determination) } },
    } }) }
end

return { { "GET", "/cases/{id}/results/{program}", roles = readers, page } }
