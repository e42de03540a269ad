-- The results of a case: what to do first, what each program says, one list of documents and of deadlines over all of them.

local h = require "lib.html"
local explain = require "lib.explain"
local head = require "lib.case_head"
local ui = require "lib.ui"
local outcome = require "model.outcome"
local rules = require "lib.rules"

local readers = { "worker", "supervisor" }

-- A step up to here is done at once; what is later has its place among the deadlines.
local first_until = 4
-- Up to here a program stands above those that can wait.
local soon_until = 6

-- ---- what to do first --------------------------------------------------------------------------------------------------------------

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

local function flags(request, result)
  local t, list = request.t, {}
  local any = result.determinations[1] and result.determinations[1].program
  for index, flag in ipairs(result.flags or {}) do
    local program = flag.programs and flag.programs[1] or any
    list[index] = h.li{ h.span{ class = "ask-flag__text", explain.words(request, program, flag.text) },
      flag.say and { " ", explain.text(request, program, flag.say) },
      flag.verified == false and { " ", explain.unverified(request) } }
  end
  if #list == 0 then return false end
  return h.section{ class = "ask-flags", ["aria-labelledby"] = "flags",
    h.h2{ id = "flags", t("Across programs") }, h.ul{ class = "usa-list", list } }
end

-- ---- one program -------------------------------------------------------------------------------------------------------------------

local function why_line(request, determination)
  local t, program = request.t, determination.program
  local kind, list = outcome.why(determination)
  if #list == 0 then return false end
  local words = { met = t("Fits because:"), unmet = t("Not met:"), possible = t("Left to the agency:"), other = t("Why:") }
  local texts = {}
  local limit = kind == "unmet" and 3 or 8
  for index, text in ipairs(list) do
    if index <= limit then texts[index] = { index > 1 and "; " or false, explain.words(request, program, text) } end
  end
  if #list > limit then texts[#texts + 1] = { " ", t("and {count} more", { count = #list - limit }) } end
  return h.p{ class = "ask-why-line", h.b{ words[kind] or words.other }, " ", texts }
end

local function missing_list(request, case, determination, limit)
  local t, list = request.t, {}
  local count = #determination.missing
  for index, path in ipairs(determination.missing) do
    if index > limit then break end
    local href = explain.link(case.id, path)
    local text = explain.missing(request, path)
    list[index] = h.li{ href and h.a{ href = href, text } or text }
  end
  if #list == 0 then return false end
  return { h.p{ class = "ask-missing__lead", request.tn(count, "It waits for 1 answer:", "It waits for {count} answers:") },
    h.ul{ class = "ask-missing", list,
      count > limit and h.li{ class = "usa-hint", t("and {count} more", { count = count - limit }) } } }
end

local function level_line(request, determination)
  local t, level, program = request.t, determination.level, determination.program
  if not level then return false end
  local parts = {}
  if level.name and level.name ~= "routine" then
    parts[#parts + 1] = h.span{ class = "ask-level__name", request.program_text(program, level.name) }
  end
  local within = explain.within(request, level.act_within)
  if level.deadline then
    parts[#parts + 1] = h.span{ class = "ask-level__deadline", h.b{ t("By {date}", { date = request.date(level.deadline) }) },
      within and level.act_within ~= "0 days" and { " (", within, ")" } }
  elseif within then
    parts[#parts + 1] = h.span{ within }
  end
  if #parts == 0 then return false end
  if level.verified == false then parts[#parts + 1] = explain.unverified(request) end
  return h.p{ class = "ask-level", parts }
end

local function amount_line(request, determination)
  local amount = determination.amount
  if not amount or not determination.amount_cents or not outcome.fits(determination) then return false end
  local t, money = request.t, request.money(determination.amount_cents / 100)
  local per = { month = t("{amount} a month", { amount = money }), year = t("{amount} a year", { amount = money }) }
  return h.p{ class = "ask-amount", request.program_text(determination.program, amount.text), ": ",
    h.b{ per[amount.per] or money } }
end

local function documents_of(request, determination)
  if not outcome.fits(determination) or #determination.documents == 0 then return false end
  local t, list = request.t, {}
  for index, document in ipairs(determination.documents) do
    list[index] = h.li{ request.program_text(determination.program, document.text),
      document.needed ~= true and { " ", h.span{ class = "usa-hint", t("(perhaps)") } },
      document.verified == false and { " ", explain.unverified(request) } }
  end
  return ui.details(request, { summary = request.tn(#list, "1 document", "{count} documents"), h.ul{ list } })
end

local function notes_of(request, determination)
  local list = {}
  for index, note in ipairs(outcome.notes(determination)) do
    list[index] = h.li{ explain.text(request, determination.program, note.text),
      note.verified == false and { " ", explain.unverified(request) } }
  end
  if #list == 0 then return false end
  return ui.details(request, { summary = request.tn(#list, "1 thing to know", "{count} things to know"), h.ul{ list } })
end

local function contact(request, determination)
  local known = rules.programs()
  local summary = known and known.by_id[determination.program]
  return h.p{ class = "ask-contact", h.span{ class = "ask-contact__agency",
    request.program_text(determination.program, determination.agency) },
    summary and summary.phone and explain.phone(request, summary.phone),
    summary and summary.url and h.a{ href = summary.url, rel = "noreferrer", dir = "ltr",
      (summary.url:gsub("^https?://", ""):gsub("^www%.", ""):gsub("/$", "")) } }
end

local function card(request, case, determination)
  local t, program = request.t, determination.program
  local fits = outcome.fits(determination)
  local href = "/cases/" .. case.id .. "/results/" .. program
  local urgency = outcome.urgency(determination)
  return ui.card(request, { heading = request.program_text(program, determination.name), level = 3, href = href, id = "program-" .. program,
    class = "ask-result ask-result--" .. ui.known_status(determination.status),
    tags = { ui.status(request, determination.status), urgency <= soon_until and ui.urgency(request, urgency) },
    contact(request, determination),
    level_line(request, determination),
    amount_line(request, determination),
    why_line(request, determination),
    determination.status == "need_info" and missing_list(request, case, determination, 4),
    (fits or urgency <= soon_until) and determination.next_step and h.p{ class = "ask-next-step", h.b{ t("Next step:") }, " ",
      explain.text(request, program, determination.next_step) },
    h.div{ class = "ask-result__more", documents_of(request, determination), fits and notes_of(request, determination) },
    foot = h.p{ class = "ask-result__foot", h.a{ href = href, t("Why, and what would change it"),
      h.span{ class = "usa-sr-only", ": ", request.program_text(program, determination.name) } },
      determination.verified == false and h.span{ class = "ask-unverified-count",
        request.tn(#determination.unverified, "1 rule or number not verified", "{count} rules or numbers not verified") } } })
end

-- Programs that are ruled out, or say nothing: a line each.
local function line(request, case, determination)
  local program = determination.program
  return h.li{ class = "ask-line-result", id = "program-" .. program,
    h.span{ class = "ask-line-result__name", h.a{ href = "/cases/" .. case.id .. "/results/" .. program,
      request.program_text(program, determination.name) }, " ", ui.status(request, determination.status) },
    why_line(request, determination) }
end

-- ---- all programs --------------------------------------------------------------------------------------------------------------------

local function groups_of(determinations)
  local soon, by_status = {}, {}
  for _, determination in ipairs(determinations) do
    if outcome.urgency(determination) <= soon_until then
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
      as == card and ui.cards(request, nodes) or h.ul{ class = "ask-line-results", nodes } }
  end
  add("soon", t("Most urgent"), nil, soon, card)
  for _, status in ipairs(outcome.statuses) do
    local cards = status == "likely" or status == "possible" or status == "need_info"
    add(status, texts[status][1], texts[status][2], by_status[status] or {}, cards and card or line)
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

-- ---- over all programs ---------------------------------------------------------------------------------------------------------------

local function deadlines(request, case, determinations)
  local t, list = request.t, {}
  for index, entry in ipairs(outcome.deadlines(determinations)) do
    list[index] = h.li{ h.span{ class = "ask-deadline__day", request.date(entry.deadline) },
      h.a{ href = "/cases/" .. case.id .. "/results/" .. entry.program, request.program_text(entry.program, entry.name) },
      entry.level and h.span{ class = "usa-hint", " ", request.program_text(entry.program, entry.level) } }
  end
  return h.section{ class = "ask-box", ["aria-labelledby"] = "deadlines", h.h2{ id = "deadlines", t("Deadlines") },
    #list > 0 and h.ul{ class = "ask-deadlines", list } or h.p{ class = "usa-hint", t("No program has a deadline now.") } }
end

local function documents(request, determinations)
  local t, list = request.t, {}
  for index, entry in ipairs(outcome.documents(determinations)) do
    local names = {}
    for number, program in ipairs(entry.programs) do
      names[number] = { number > 1 and ", " or false, request.program_text(program.program, program.name) }
    end
    list[index] = h.li{ request.program_text(entry.programs[1].program, entry.text),
      not entry.needed and { " ", h.span{ class = "usa-hint", t("(perhaps)") } },
      not entry.verified and { " ", explain.unverified(request) },
      h.span{ class = "ask-checklist__for", names } }
  end
  return h.section{ class = "ask-box", ["aria-labelledby"] = "documents", h.h2{ id = "documents", t("Documents to bring") },
    #list > 0 and { h.p{ class = "usa-hint", t("For every likely and possible program, each document once.") },
      h.ul{ class = "ask-checklist", list } } or h.p{ class = "usa-hint", t("No program asks for a document now.") } }
end

local function not_asked(request, case)
  local t = request.t
  local asked = outcome.next(case)
  if not asked then return false end
  local counts, total = {}, 0
  for _, entry in ipairs(asked.not_asked) do
    counts[entry.why] = (counts[entry.why] or 0) + 1
    total = total + 1
  end
  local tn = request.tn
  local lines = {
    counts.hidden and h.li{ tn(counts.hidden, "1 does not apply, because of other answers",
      "{count} do not apply, because of other answers") },
    counts.decided and h.li{ tn(counts.decided, "1 would change nothing: every program that reads it is settled",
      "{count} would change nothing: every program that reads them is settled") },
    counts.urgency and h.li{ tn(counts.urgency, "1 could only change how urgent a program is",
      "{count} could only change how urgent a program is") },
    counts.unread and h.li{ tn(counts.unread, "1 decides nothing, and is useful for applications",
      "{count} decide nothing, and are useful for applications") },
    counts.given_absent and h.li{ tn(counts.given_absent, "1 was asked: the person does not know, or prefers not to say",
      "{count} were asked: the person does not know, or prefers not to say") },
  }
  return h.section{ class = "ask-box", ["aria-labelledby"] = "not-asked", h.h2{ id = "not-asked", t("What was not asked") },
    h.p{ request.tn(total, "1 question need not be asked.", "{count} questions need not be asked.") },
    h.ul{ lines }, h.p{ h.a{ href = "/cases/" .. case.id .. "/check#not-asked", t("See each of them") } } }
end

-- When to look again, and the way to do it: from the answers of today.
local function look_again(request, case, result, kept)
  local t, days, by_day, list = request.t, {}, {}, {}
  local names = {}
  for _, determination in ipairs(result.determinations) do names[determination.program] = determination.name end
  for program, day in pairs(outcome.due(result)) do
    if not by_day[day] then
      by_day[day] = {}
      days[#days + 1] = day
    end
    table.insert(by_day[day], program)
  end
  table.sort(days)
  for index, day in ipairs(days) do
    table.sort(by_day[day], function(a, b) return names[a] < names[b] end)
    local names_of_day = {}
    for number, program in ipairs(by_day[day]) do
      names_of_day[number] = { number > 1 and ", " or false, request.program_text(program, names[program]) }
    end
    list[index] = h.li{ h.span{ class = "ask-deadline__day", request.date(day) }, names_of_day }
  end
  if #list == 0 then return false end
  local may = request.user.roles.worker or request.user.roles.supervisor
  return h.section{ class = "ask-box", ["aria-labelledby"] = "again", h.h2{ id = "again", t("Look again") },
    h.ul{ class = "ask-deadlines", list },
    kept and may and h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
      ui.button(request, { text = t("Reassess from these answers"), kind = "outline" }) } }
end

-- ---- the page ------------------------------------------------------------------------------------------------------------------------

local known_status = { likely = true, possible = true, need_info = true, unlikely = true, withheld = true, error = true }

local function page(request)
  local t = request.t
  local case, failed = head.case(request)
  if not case then return failed end
  local result, kept = outcome.of(case, "tree")
  if not result then return { failed = kept } end
  local only = known_status[request.query.status] and request.query.status or nil
  local determinations = outcome.sorted(result)
  local unverified = 0
  for _, determination in ipairs(determinations) do
    if determination.verified == false then unverified = unverified + 1 end
  end
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
          deadlines(request, case, determinations),
          documents(request, determinations),
          flags(request, result),
          not_asked(request, case),
          look_again(request, case, result, kept),
          unverified > 0 and h.section{ class = "ask-box", ["aria-labelledby"] = "verified",
            h.h2{ id = "verified", t("Not verified") },
            h.p{ t("“Not verified” marks a rule, a number or a document whose source nobody has read yet."), " ",
              t("It may be right. Check it before you rely on it.") },
            h.p{ class = "usa-hint", request.tn(unverified, "1 program has something that is not verified.",
              "{count} programs have something that is not verified.") } } } },
    } }) }
end

return { { "GET", "/cases/{id}/results", roles = readers, page } }
