-- What a paper may say that others could see. It is safe unless the worker says otherwise: nothing on it depends on a private answer.
--
-- How that is made sure. Beside the result of the true answers, one is computed in which each private answer is the ordinary one (no HIV,
-- no violence, a citizen ...). Only what both say is on the paper, word for word. So whoever reads it sees nothing that a household
-- without anything private would not have got too, and what is there is true of this one. Whether an answer is private is said by the
-- labels of its question. As a second net, texts and names of programs that speak of a private subject by a word are left out as well.

local clone = require "lib.clone"
local outcome = require "model.outcome"
local rules = require "lib.rules"
local screening = require "model.screening"

local private = {}

-- Subjects that are private, with the labels of questions about them, and words of texts about them (English: texts are looked at before
-- they are translated; Lua patterns over lower case).
private.topics = {
  { id = "violence", labels = { "DVD", "VIO" },
    words = { "violen", "abus", "hurt", "exploit", "danger", "everybody is safe", "safe place", "800%-621%-4673", "harm" } },
  { id = "hiv", labels = { "HIV" }, words = { "%f[%a]hiv%f[%A]", "%f[%a]aids%f[%A]", "%f[%a]hasa%f[%A]" } },
  { id = "mental", labels = { "PSY" },
    words = { "mental", "psych", "crisis", "suicid", "assertive community", "%f[%d]988%f[%D]", "depress" } },
  { id = "drugs", labels = { "ETH" }, words = { "alcohol", "drug", "substance", "overdose", "naloxone", "oasas", "addict", "drink" } },
  { id = "child_welfare", labels = { "child_welfare" },
    words = { "foster", "child welfare", "central register", "800%-342%-3720", "prevention services", "prevention line" } },
  { id = "immigration", labels = { "immigration" },
    words = { "immigra", "citizen", "green card", "undocumented", "refugee", "asyl", "%f[%a]visa%f[%A]", "prucol", "papers about" } },
  { id = "notes", labels = { "adverse_note" },
    words = { "protective", "%f[%a]aps%f[%A]", "police", "arrest", "%f[%a]jail", "crime", "district attorney", "neglect" } },
}

-- Answers to private questions that tell nothing private.
local plain = {
  emergency_cause = { job_loss = true, illness = true, fire = true, utility_shutoff = true, other = true },
  in_foster_or_institution_now = { hospital = true, nursing_home = true },
  work_barrier = { medical = true, caregiving = true, other = true },
  child_care_reason = { work = true, training = true, ca_activity = true, job_search = true },
  sex = { female = true, male = true, other = true },
}
-- Answers to other questions that tell something private, and the ordinary one instead.
local telling = {
  living_situation = { hra_dv_shelter = { "DVD", "dhs_shelter" } },
}
-- The ordinary answer of a question with options; of the others it is no, 0, none, nothing.
local ordinary = { none = true, no = true, never = true, not_at_all = true, negative_unknown = true, one_or_two = true, citizen = true }

local function options_of(item)
  for _, option in ipairs(item.options or {}) do if ordinary[option.id] then return option.id end end
end

local function ordinary_of(item, value)
  if type(value) == "table" and value.absent then return value end
  if item.type == "bool" then return false end
  if item.type == "integer" then return 0 end
  if item.type == "decimal" or item.type == "money" then return 0.0 end
  if item.type == "choices" then
    local open = plain[item.id]
    local kept = host.json.array {}
    for _, word in ipairs(value) do if open and open[word] then kept[#kept + 1] = word end end
    return kept
  end
  if item.type == "list" then return host.json.array {} end
  if item.type == "choice" then
    if plain[item.id] and plain[item.id][value] then return value end
    return options_of(item)
  end
  return nil -- texts and days: as if it had not been asked
end

-- { label = true } of the labels that may not be shown, when the topics in shown (set of ids) may.
local function hidden_labels(shown)
  local hidden = {}
  for _, topic in ipairs(private.topics) do
    if not shown[topic.id] then for _, label in ipairs(topic.labels) do hidden[label] = true end end
  end
  return hidden
end

local function is_hidden(labels, hidden)
  for _, label in ipairs(labels or {}) do if hidden[label] then return true end end
  return false
end

--- Whether an item is about something that may not be shown.
function private.hides(item, shown) return is_hidden(item and item.labels, hidden_labels(shown)) end

--- The answers with each private one replaced by the ordinary one. shown: set of topics that may be told.
function private.answers(answers, shown)
  local form, reason = rules.form("all")
  if not form then return nil, reason end
  local hidden, made = hidden_labels(shown), clone(answers)
  for id, value in pairs(answers) do
    local item = form.items[id]
    if item and is_hidden(item.labels, hidden) then
      made[id] = ordinary_of(item, value)
    elseif item and telling[id] and telling[id][value] then
      local label, instead = telling[id][value][1], telling[id][value][2]
      if hidden[label] then made[id] = instead end
    elseif item and item.type == "list" then
      for _, field in ipairs(item.fields or {}) do
        if is_hidden(field.labels, hidden) then
          for _, entry in ipairs(made[id]) do
            if entry[field.id] ~= nil then entry[field.id] = ordinary_of(field, entry[field.id]) end
          end
        end
      end
    end
  end
  return made
end

--- Whether a text (English, as in the sources) speaks of a subject that may not be told.
function private.tells(text, shown)
  local lower = host.fold(tostring(text or ""))
  for _, topic in ipairs(private.topics) do
    if not shown[topic.id] then
      for _, word in ipairs(topic.words) do if lower:find(word) then return topic.id end end
    end
  end
  return nil
end

-- ---- the paper -------------------------------------------------------------------------------------------------------------------

local function by_program(result)
  local found = {}
  for _, determination in ipairs(result.determinations) do found[determination.program] = determination end
  return found
end

local function safe_text(text, other, shown)
  if text and text == other and not private.tells(text, shown) then return text end
end

local function safe_documents(determination, other, shown)
  local there, list = {}, {}
  for _, document in ipairs(other.documents or {}) do there[document.text] = document.needed end
  for _, document in ipairs(determination.documents or {}) do
    if there[document.text] ~= nil or not document.needed then
      local same = false
      for _, one in ipairs(other.documents or {}) do same = same or one.text == document.text end
      if same and not private.tells(document.text, shown) then
        list[#list + 1] = { text = document.text, needed = document.needed == true, verified = document.verified }
      end
    end
  end
  return list
end

-- What may be said of a program that is likely or possible; nil: nothing.
local function safe_program(determination, other, summary, shown)
  if not outcome.fits(determination) or not other or not outcome.fits(other) then return nil end
  if private.tells(determination.name, shown) or private.tells(summary.helps, shown) then return nil end
  local level, ordinary_level = determination.level or {}, other.level or {}
  local same_level = level.deadline == ordinary_level.deadline
  local amount = determination.amount_cents == other.amount_cents and determination.amount or nil
  local likely = determination.status == "likely" and other.status == "likely"
  return { program = determination.program, name = determination.name, status = likely and "likely" or "possible",
    helps = summary.helps, phone = summary.phone, url = summary.url,
    deadline = same_level and level.deadline or nil, act_within = same_level and level.act_within or nil,
    level = { urgency = same_level and level.urgency or ordinary_level.urgency },
    urgency = same_level and level.urgency or ordinary_level.urgency or 7,
    next_step = safe_text(determination.next_step, other.next_step, shown),
    amount = amount and determination.amount_cents and { text = amount.text, per = amount.per, cents = determination.amount_cents } or nil,
    documents = safe_documents(determination, other, shown) }
end

local function step_key(step) return table.concat({ step.code or "", step.program or "", step.text or "", step.say or "" }, "\n") end

local function safe_steps(result, other, listed, shown)
  local there, list = {}, {}
  for _, step in ipairs(other.first_steps or {}) do there[step_key(step)] = true end
  for _, step in ipairs(result.first_steps or {}) do
    local told = there[step_key(step)] and not private.tells(step.text, shown) and not private.tells(step.say, shown)
    -- A program's own step only with the program; the household's only what a paper can help with later.
    if told and step.urgency >= 1 and step.urgency <= 4 and (not step.program or listed[step.program]) then list[#list + 1] = step end
  end
  return list
end

local function safe_questions(result, other, listed_out, shown, limit)
  local form, there, list = rules.form("all"), {}, {}
  for _, entry in ipairs(other.next or {}) do there[entry.path] = true end
  for _, entry in ipairs(result.next or {}) do
    local item = form and form.items[entry.item]
    local blocks = false
    for _, program in ipairs(entry.blocks or {}) do blocks = blocks or not listed_out[program] end
    if item and there[entry.path] and blocks and not private.hides(item, shown) and not private.tells(item.text, shown)
      and #list < limit then
      list[#list + 1] = { item = entry.item, path = entry.path, text = entry.text }
    end
  end
  return list
end

--- What the client's paper may say. shown: set of topics that the worker chose to tell. Gives { programs (as they are shown, the most
--- urgent first), steps, questions (still needed), left_out = list of { program, name, status } that are likely or possible and are not
--- on the paper }; or nil, reason. result: of the true answers, with next.
function private.paper(case, result, shown)
  local answers, reason = private.answers(case.body.answers, shown)
  if not answers then return nil, reason end
  local other, why = screening.of({ body = { answers = answers, as_of = result.as_of } }, { detail = "reasons", next = true })
  if not other then return nil, why end
  local known, others = rules.programs(), by_program(other)
  local programs, left_out, listed, telling_programs = {}, {}, {}, {}
  for _, determination in ipairs(outcome.sorted(result)) do
    local summary = known and known.by_id[determination.program] or {}
    local safe = safe_program(determination, others[determination.program], summary, shown)
    if safe then
      programs[#programs + 1], listed[safe.program] = safe, true
    elseif outcome.fits(determination) then
      left_out[#left_out + 1] = { program = determination.program, name = determination.name, status = determination.status }
    end
    if private.tells(determination.name, shown) or private.tells(summary.helps, shown) then
      telling_programs[determination.program] = true
    end
  end
  table.sort(programs, function(a, b)
    if a.urgency ~= b.urgency then return a.urgency < b.urgency end
    if a.status ~= b.status then return a.status == "likely" end
    return a.name < b.name
  end)
  return { programs = programs, left_out = left_out, steps = safe_steps(result, other, listed, shown),
    questions = safe_questions(result, other, telling_programs, shown, 5) }
end

return private
