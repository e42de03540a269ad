-- What the middle of an intake page holds, and what a change that was sent from there says. Of a section, of a step of a topic, and of the
-- deciding questions.

local answers = require "model.answers"
local frame = require "view.intake_frame"
local h = require "lib.html"
local intake = require "model.intake"
local parts = require "view.question_parts"
local shown = require "view.intake_questions"
local ui = require "lib.ui"

local intake_section = {}

-- "A nurse asks these": what is there already, to be read.
local function waiting(request, v, page)
  local t = request.t
  local state = v.body.sections[page.id]
  local words = frame.waiting_words(request, page.role)
  if state and state.done then words = t("Filled in by the nurse on {day}.", { day = request.day(state.at) }) end
  return {
    ui.alert(request, { kind = "info", slim = true, text = words }),
    h.p{ t("You need not wait: everything else can go on. The programs that need these answers say so until they are there.") },
    shown.answers(request, v, page.entries) }
end

-- Private: why, who sees it, and that saying nothing does no harm.
local function private_notice(request, v, page, entries, number, count)
  local t = request.t
  local first
  for _, entry in ipairs(entries) do if intake.is_shown(v, entry.item) then first = first or entry.item end end
  local readers = first and parts.all_readers(request, v, first.id)
  return {
    h.p{ class = "ask-private__place", t("Private question {number} of {count}", { number = number, count = count }) },
    h.div{ class = "ask-private",
      ui.icon("withheld"),
      h.div{
        page.dangerous and h.p{ h.b{ t("Ask this alone, where no one else can hear or read.") } },
        h.p{ t("You can choose \"Prefer not to say\". Nothing is counted against you for it.") },
        readers and ui.details(request, { summary = t("Who sees the answer"), readers }) } } }
end

--- What the middle of the page holds: also what the script gets again as #questions.
function intake_section.content(request, v, page, step, entries, steps)
  if not intake.may_fill(v, page) then
    if page.role then return waiting(request, v, page) end
    return shown.answers(request, v, entries)
  end
  local number = 1
  for index, one in ipairs(steps or {}) do if one.number == step then number = index end end
  return {
    page.steps and private_notice(request, v, page, entries, number, #steps),
    shown.questions(request, v, entries) }
end

--- What a change sent from a page: the items it names that this page asks.
function intake_section.change_of(request, v, entries)
  local allowed, ids = {}, {}
  for _, entry in ipairs(entries) do
    allowed[entry.item.id] = true
    for _, total in ipairs(v.made.totals[entry.item.id] or {}) do allowed[total.id] = true end
  end
  local confirm = {}
  for _, id in ipairs(request.form_all.item or {}) do if allowed[id] then ids[#ids + 1] = id end end
  if request.form.confirm and allowed[request.form.confirm] then confirm[1] = request.form.confirm end
  if request.form.go == "same" then
    for id in pairs(allowed) do confirm[#confirm + 1] = id end
  end
  local values, wrong = answers.read_all(request, ids, v.made.items)
  return { id = request.form.change, version = math.tointeger(tonumber(request.form.version or "")) or 0, answers = values,
    wrong = wrong, confirm = confirm }, ids
end
--- The reply to a change that was not taken.
function intake_section.refused(case_id, reason)
  if reason == "conflict" then return { redirect = "/cases/" .. case_id .. "/merge" } end
  if reason == "forbidden" then return { status = 403 } end
  return { failed = reason }
end

return intake_section
