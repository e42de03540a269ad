-- What one program says of a case, as a card or as a line.

local h = require "lib.html"
local explain = require "view.explain"
local ui = require "lib.ui"
local outcome = require "model.outcome"
local rules = require "lib.rules"

local result_card = {}

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

--- "$291 a month". per: "month", "year" or nil.
function result_card.amount(request, cents, per)
  local t, money = request.t, request.money(cents / 100)
  if per == "month" then return t("{amount} a month", { amount = money }) end
  if per == "year" then return t("{amount} a year", { amount = money }) end
  return money
end

local function amount_line(request, determination)
  local amount = determination.amount
  if not amount or not determination.amount_cents or not outcome.fits(determination) then return false end
    return h.p{ class = "ask-amount", request.program_text(determination.program, amount.text), ": ",
    h.b{ result_card.amount(request, determination.amount_cents, amount.per) } }
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

--- With all that there is to do and to know.
function result_card.card(request, case, determination)
  local t, program = request.t, determination.program
  local fits = outcome.fits(determination)
  local href = "/cases/" .. case.id .. "/results/" .. program
  local urgency = outcome.urgency(determination)
  return ui.card(request, { heading = request.program_text(program, determination.name), level = 3, href = href, id = "program-" .. program,
    class = "ask-result ask-result--" .. ui.known_status(determination.status),
    tags = { ui.status(request, determination.status), outcome.is_soon(determination) and ui.urgency(request, urgency) },
    contact(request, determination),
    level_line(request, determination),
    amount_line(request, determination),
    why_line(request, determination),
    determination.status == "need_info" and missing_list(request, case, determination, 4),
    (fits or outcome.is_soon(determination)) and determination.next_step and h.p{ class = "ask-next-step", h.b{ t("Next step:") }, " ",
      explain.text(request, program, determination.next_step) },
    h.div{ class = "ask-result__more", documents_of(request, determination), fits and notes_of(request, determination) },
    foot = h.p{ class = "ask-result__foot", h.a{ href = href, t("Why, and what would change it"),
      h.span{ class = "usa-sr-only", ": ", request.program_text(program, determination.name) } },
      determination.verified == false and h.span{ class = "ask-unverified-count",
        request.tn(#determination.unverified, "1 rule or number not verified", "{count} rules or numbers not verified") } } })
end

--- Of what is ruled out, or says nothing.
function result_card.line(request, case, determination)
  local program = determination.program
  return h.li{ class = "ask-line-result", id = "program-" .. program,
    h.span{ class = "ask-line-result__name", h.a{ href = "/cases/" .. case.id .. "/results/" .. program,
      request.program_text(program, determination.name) }, " ", ui.status(request, determination.status) },
    why_line(request, determination) }
end

return result_card
