-- The client's paper: one or two pages in plain words and the client's language, safe to be seen by others (model/private.lua). The
-- worker chooses above it, on the screen only, what else may be told.

local h = require "lib.html"
local explain = require "view.explain"
local head = require "view.case_head"
local ui = require "lib.ui"
local cases = require "model.cases"
local outcome = require "model.outcome"
local private = require "model.private"
local screening = require "model.screening"

local readers = { "worker", "supervisor" }

-- ---- what the worker chooses -------------------------------------------------------------------------------------------------------

local function topic_texts(t)
  return {
    violence = t("Violence, abuse and exploitation"), hiv = t("HIV (also that somebody is in HASA)"), mental = t("Mental health"),
    drugs = t("Alcohol and drugs"), child_welfare = t("Child welfare and foster care"), immigration = t("Immigration status"),
    notes = t("Adult protection, and notes about the person"),
  }
end

local function shown_topics(request)
  local chosen, shown = {}, {}
  for _, id in ipairs(request.query_all.show or {}) do chosen[id] = true end
  for _, topic in ipairs(private.topics) do shown[topic.id] = chosen[topic.id] end
  return shown
end

-- The language to print in, and the one that the client asked for when there is no translation into it.
local function paper_language(request, case)
  local known = {}
  for _, entry in ipairs(host.languages() or {}) do known[entry.tag] = entry end
  local asked = request.query.language
  if asked and (known[asked] or asked == "en") then return asked end
  local wanted = case.body.answers.language_pref
  if type(wanted) ~= "string" then
    local client = host.documents.get("client", case.body.client)
    wanted = client and client.body.language
  end
  if type(wanted) == "string" then
    if known[wanted] or wanted == "en" then return wanted end
    return "en", wanted
  end
  return request.language
end

local function choices(request, case, tag, missing_language, shown, paper)
  local t, languages, boxes, out = request.t, {}, {}, {}
  for index, entry in ipairs(host.languages() or {}) do languages[index] = { id = entry.tag, text = entry.name } end
  local texts, any = topic_texts(t), false
  for index, topic in ipairs(private.topics) do
    any = any or shown[topic.id]
    boxes[index] = { id = topic.id, text = texts[topic.id] }
  end
  local chosen = {}
  for _, topic in ipairs(private.topics) do if shown[topic.id] then chosen[#chosen + 1] = topic.id end end
  for index, entry in ipairs(paper.left_out) do
    out[index] = h.li{ request.program_text(entry.program, entry.name), " ", ui.status(request, entry.status) }
  end
  local wanted = missing_language and explain.item("language_pref")
  return h.section{ class = "ask-no-print ask-print-choices", ["aria-labelledby"] = "choices",
    h.h1{ id = "choices", t("The client's summary") },
    h.p{ t("Others may see this paper. Private subjects, and programs whose name tells them, are not on it unless you tick them.") },
    any and ui.alert(request, { kind = "warning", slim = true,
      text = t("This paper tells something private. Ask the person first, and say who might see it.") }),
    wanted and ui.alert(request, { kind = "info", slim = true, text = { t("There is no translation yet into:"), " ",
      explain.value(request, wanted, missing_language), ". ", t("Read it aloud with an interpreter: that is free.") } }),
    #out > 0 and ui.details(request, { summary = request.tn(#out, "1 program is left off", "{count} programs are left off"),
      h.ul{ out }, h.p{ class = "usa-hint", t("Tell the person about them in private.") } }),
    h.form{ method = "get", action = "/cases/" .. case.id .. "/print/client",
      #languages > 1 and ui.field(request, { name = "language", type = "choice", label = t("Language of the paper"),
        options = languages, value = tag }),
      ui.details(request, { summary = t("Put private subjects on the paper"), open = any or nil,
        ui.field(request, { name = "show", type = "choices", label = t("These may be on the paper"), options = boxes, value = chosen }) }),
      ui.buttons(request, { ui.button(request, { text = t("Update the paper"), kind = "outline" }) }) } }
end

-- ---- the paper --------------------------------------------------------------------------------------------------------------------

local function steps(request, paper, as_of)
  local t, list = request.t, {}
  for index, step in ipairs(paper.steps) do
    local program = step.program or step.programs and step.programs[1] or (paper.programs[1] or {}).program
    local own
    for _, entry in ipairs(paper.programs) do if entry.program == step.program then own = entry end end
    list[index] = h.li{ h.b{ explain.words(request, program, own and own.name or step.text), own and ":" }, " ",
      explain.words(request, program, step.say),
      step.deadline and h.span{ class = "ask-paper__by", " ", step.deadline <= as_of and t("Today.")
        or t("By {date}.", { date = request.date(step.deadline) }) } }
  end
  if #list == 0 then return false end
  return h.section{ class = "ask-paper__first", h.h2{ t("Do this first") }, h.ol{ list } }
end

local function amount_text(request, amount)
  local t, money = request.t, request.money(amount.cents / 100)
  local per = { month = t("about {amount} a month", { amount = money }), year = t("about {amount} a year", { amount = money }) }
  return per[amount.per] or t("about {amount}", { amount = money })
end

local function program_entry(request, entry, as_of)
  local t = request.t
  local phone = entry.phone
  if phone and entry.next_step and entry.next_step:find(phone, 1, true) then phone = nil end
  return h.li{ class = "ask-paper__program",
    h.div{ class = "ask-paper__name", h.h3{ request.program_text(entry.program, entry.name) },
      h.span{ class = "ask-paper__status", entry.status == "likely" and t("You may well get it") or t("You may get it") } },
    entry.helps and h.p{ class = "ask-paper__helps", request.program_text(entry.program, entry.helps) },
    h.p{ h.b{ t("What to do:") }, " ", entry.next_step and explain.words(request, entry.program, entry.next_step)
      or t("Ask your worker how to apply.") },
    h.p{ class = "ask-paper__facts",
      phone and h.span{ h.b{ t("Phone:") }, " ", h.span{ dir = "ltr", phone } },
      entry.deadline and h.span{ h.b{ t("The agency should act by:") }, " ", entry.deadline <= as_of and t("today")
        or request.date(entry.deadline) },
      entry.amount and entry.amount.cents > 0 and h.span{ h.b{ t("Estimate:") }, " ", amount_text(request, entry.amount) } } }
end

local function checklist(request, paper)
  local t, list = request.t, {}
  local made = {}
  for index, entry in ipairs(paper.programs) do
    made[index] = { program = entry.program, name = entry.name, status = entry.status, documents = entry.documents }
  end
  for index, document in ipairs(outcome.documents(made)) do
    list[index] = h.li{ request.program_text(document.programs[1].program, document.text),
      not document.needed and { " ", h.span{ class = "usa-hint", t("(perhaps)") } } }
  end
  if #list == 0 then return false end
  return h.section{ class = "ask-paper__documents", h.h2{ t("Papers to bring") },
    h.p{ t("You need not have all of them to apply. Bring what you have.") }, h.ul{ class = "ask-checklist ask-checklist--columns", list } }
end

local function still(request, paper)
  local t, list = request.t, {}
  for index, question in ipairs(paper.questions) do list[index] = h.li{ explain.missing(request, question.path) } end
  if #list == 0 then return false end
  return h.section{ h.h2{ t("What we still want to ask you") }, h.ul{ list } }
end

local function client_paper(request, case, result, paper, worker)
  local t, programs = request.t, {}
  for index, entry in ipairs(paper.programs) do programs[index] = program_entry(request, entry, result.as_of) end
  local name = cases.name(case)
  return h.article{ class = "ask-paper", lang = request.language, dir = request.dir,
    h.header{ class = "ask-paper__head", h.div{ h.h2{ class = "ask-paper__title", t("Programs that may help you") },
      name and h.p{ t("For:"), " ", h.bdi{ name } } },
      h.p{ class = "ask-paper__date", request.date(result.as_of), h.br{}, t("Your worker:"), " ", h.bdi{ worker } } },
    h.p{ class = "ask-paper__lead",
      t("We compared your answers with the rules of many programs. Only the agency decides. Anyone may apply, whatever this paper says.") },
    steps(request, paper, result.as_of),
    h.section{ h.h2{ t("Your programs") },
      #programs > 0 and h.ul{ class = "ask-paper__programs", programs } or h.p{ t("Ask your worker: more answers are needed first.") } },
    checklist(request, paper),
    still(request, paper),
    h.footer{ class = "ask-paper__foot", h.p{ h.b{ t("An emergency:") }, " 911 · ", h.b{ t("Any question to the City:") }, " 311 · ",
      t("An interpreter is free: ask for one.") } } }
end

local function client_page(request)
  local case, result, kept = head.result(request, "reasons")
  if not case then return result end
  if kept then -- what is still asked is a matter of now
    local live = screening.of(case, { detail = "status", next = true })
    result.next = live and live.next or nil
  end
  local shown = shown_topics(request)
  local paper, reason = private.paper(case, result, shown)
  if not paper then return { failed = reason } end
  local tag, missing_language = paper_language(request, case)
  local own_language, worker = request.language, request.user.full_name or request.user.name
  local top = choices(request, case, tag, missing_language, shown, paper)
  request.speak(tag)
  local sheet = client_paper(request, case, result, paper, worker)
  request.speak(own_language)
  return { html = ui.page(request, { title = request.t("Summary"), nav = "clients", print = true,
    back = { href = "/cases/" .. case.id .. "/results", text = request.t("Results") },
    main = { top, sheet } }) }
end

return { { "GET", "/cases/{id}/print/client", roles = readers, client_page } }
