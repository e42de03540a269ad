-- What stands beside the results of a case, over all its programs: deadlines, documents, what was not asked, when to look again.

local h = require "lib.html"
local explain = require "view.explain"
local ui = require "lib.ui"
local outcome = require "model.outcome"

local aside = {}

function aside.flags(request, result)
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

function aside.deadlines(request, case, determinations)
  local t, list = request.t, {}
  for index, entry in ipairs(outcome.deadlines(determinations)) do
    list[index] = h.li{ h.span{ class = "ask-deadline__day", request.date(entry.deadline) },
      h.a{ href = "/cases/" .. case.id .. "/results/" .. entry.program, request.program_text(entry.program, entry.name) },
      entry.level and h.span{ class = "usa-hint", " ", request.program_text(entry.program, entry.level) } }
  end
  return h.section{ class = "ask-box", ["aria-labelledby"] = "deadlines", h.h2{ id = "deadlines", t("Deadlines") },
    #list > 0 and h.ul{ class = "ask-deadlines", list } or h.p{ class = "usa-hint", t("No program has a deadline now.") } }
end

function aside.documents(request, determinations)
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

function aside.not_asked(request, case)
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

--- When to look again, and the way to do it: from the answers of today.
function aside.look_again(request, case, result, kept)
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
  return h.section{ class = "ask-box", ["aria-labelledby"] = "again", h.h2{ id = "again", t("Look again") },
    h.ul{ class = "ask-deadlines", list },
    kept and h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
      ui.button(request, { text = t("Reassess from these answers"), kind = "outline" }) } }
end

--- What the mark "not verified" means, and how many programs have it.
function aside.unverified(request, determinations)
  local t, count = request.t, 0
  for _, determination in ipairs(determinations) do
    if determination.verified == false then count = count + 1 end
  end
  if count == 0 then return false end
  return h.section{ class = "ask-box", ["aria-labelledby"] = "verified", h.h2{ id = "verified", t("Not verified") },
    h.p{ t("“Not verified” marks a rule, a number or a document whose source nobody has read yet."), " ",
      t("It may be right. Check it before you rely on it.") },
    h.p{ class = "usa-hint", request.tn(count, "1 program has something that is not verified.",
      "{count} programs have something that is not verified.") } }
end

return aside
