-- Questions of a case as fields: what is asked, why, who sees it, what was answered, what is wrong with it. Of model/intake.lua's view.

local answer_text = require "lib.answer_text"
local answers = require "model.answers"
local h = require "lib.html"
local intake = require "model.intake"
local lists = require "view.question_lists"
local parts = require "view.question_parts"
local ui = require "lib.ui"

local shown = {}

-- ---- what was written before ---------------------------------------------------------------------------------------------------

-- Most questions of a page are the same after each answer as before. Those with an answer from a list of words, or none, are
-- written once for each answer; nothing that somebody typed is kept here.
local most_kept = 6000
local kept, kept_count, kept_of = {}, 0, nil

local function closed(value)
  if value == nil or type(value) == "boolean" then return tostring(value) end
  return nil
end

-- The answer as a text, or nil when it is not one from a list.
local function word_of(item, value, absent)
  if absent then return "absent " .. absent end
  if item.type == "choice" and type(value) == "string" then return "word " .. value end
  if item.type == "choices" and type(value) == "table" then return "words " .. table.concat(value, " ") end
  return closed(value)
end

-- What make() gives, written; after it: what it hangs on besides the rules.
local function keep(v, make, ...)
  if kept_of ~= v.made or kept_count > most_kept then kept, kept_count, kept_of = {}, 0, v.made end
  local key = table.concat({ ... }, "\0")
  local found = kept[key]
  if not found then
    found = h.written(make())
    kept[key], kept_count = found, kept_count + 1
  end
  return found
end

-- ---- one question -----------------------------------------------------------------------------------------------------------------

local function confirm_mark(request, v, id)
  if not intake.is_to_confirm(v, id) then return nil end
  return ui.tag(request, request.t("Still the same?"), "info")
end

local function confirm_button(request, v, item)
  if not intake.is_to_confirm(v, item.id) then return false end
  return h.div{ class = "ask-confirm", ["data-item"] = item.id .. "-confirm",
    ui.button(request, { text = request.t("Still the same"), kind = "outline", name = "confirm", value = item.id, live = true,
      describe = request.t_form(item.text) }) }
end

-- What is common to all questions.
local function spec_of(request, v, item, child)
  return { name = item.id, item = item.id, label = parts.words_of(request, item, item.text),
    hint = parts.words_of(request, item, item.help), why = parts.words_of(request, item, item.why),
    seen = parts.seen_by(request, v, item.id), child = child,
    error = parts.error_of(request, v, item, item, item.id), mark = confirm_mark(request, v, item.id) }
end

-- A total that follows from a list is shown, not asked again.
local function computed_question(request, v, item, spec)
  local value = v.computed[item.id]
  return h.div{ class = "ask-question ask-computed" .. (spec.child and " ask-question--child" or ""), id = "q-" .. item.id,
    h.p{ class = "usa-label", spec.label }, h.p{ class = "ask-computed__value", answer_text.of(request, item, value), " ",
      h.span{ class = "usa-hint", request.t("It follows from other answers.") } } }
end

local function fresh_question(request, v, item, child)
  local spec = spec_of(request, v, item, child)
  if item.type == "list" then return lists.question(request, v, item, spec) end
  if item.computed and v.body.answers[item.id] == nil and v.computed[item.id] ~= nil and not v.refused[item.id] then
    return computed_question(request, v, item, spec)
  end
  spec.type = item.type
  spec.value, spec.absent = parts.content_of(v, item, item.id, v.body.answers[item.id])
  spec.unknown, spec.decline = true, true
  spec.max_length = item.max_length
  if item.options then
    local declines, none
    spec.options, declines, none = parts.options_of(request, item)
    spec.decline = not declines
    if item.type == "choices" then spec.none = not none end
  end
  if item.type == "bool" or item.type == "choice" then spec.clear = true end
  local field = ui.field(request, spec)
  if spec.mark then return { field, confirm_button(request, v, item) } end
  return field
end

--- One question with its fields. child: it depends on the one above.
function shown.question(request, v, item, child)
  local word
  if not v.refused[item.id] and item.type ~= "list" and not (item.computed and v.computed[item.id] ~= nil) then
    local value, absent = parts.content_of(v, item, item.id, v.body.answers[item.id])
    word = word_of(item, value, absent)
  end
  if not word then return fresh_question(request, v, item, child) end
  return keep(v, function() return fresh_question(request, v, item, child) end, "question", request.language, item.id, word,
    tostring(child == true), tostring(intake.is_to_confirm(v, item.id)))
end

-- ---- several ------------------------------------------------------------------------------------------------------------------------

local function same_options(a, b)
  if a.type ~= b.type or a.type ~= "choice" and a.type ~= "bool" then return false end
  if a.type == "bool" then return true end
  if #a.options ~= #b.options then return false end
  for index, option in ipairs(a.options) do
    if option.id ~= b.options[index].id then return false end
  end
  return true
end

-- What all texts begin with, in whole words: "How much help do you need to ". Nothing when it is short.
local function common_start(list)
  local words, count = {}, nil
  for number, text in ipairs(list) do
    if type(text) ~= "string" then return "" end
    local index = 0
    for word in text:gmatch("%S+%s+") do
      index = index + 1
      if number == 1 then words[index] = word elseif words[index] ~= word then index = index - 1 break end
    end
    count = math.min(count or index, index)
  end
  if #list < 2 or (count or 0) < 3 then return "" end
  return table.concat(words, "", 1, count)
end

local function grid_of(request, v, instrument, list)
  local first = list[1]
  local options = parts.options_of(request, first)
  local rows, texts = {}, {}
  for index, item in ipairs(list) do texts[index] = parts.words_of(request, item, item.text) end
  local start = common_start(texts)
  for index, item in ipairs(list) do
    local value, absent = parts.content_of(v, item, item.id, v.body.answers[item.id])
    rows[index] = { name = item.id, item = item.id, label = { start ~= ""
      and { h.span{ class = "usa-sr-only", start }, "… ", texts[index]:sub(#start + 1) } or texts[index],
      confirm_mark(request, v, item.id) and { " ", confirm_mark(request, v, item.id) } }, value = value, absent = absent,
      error = parts.error_of(request, v, item, item, item.id) }
  end
  local known = v.made.instruments[instrument]
  local title = known and request.form_text(known.title) or ""
  return h.section{ class = "ask-instrument", ["aria-label"] = known and request.t_form(known.title),
    h.h2{ class = "ask-instrument__title", title },
    first.why and h.p{ class = "ask-why", h.span{ h.span{ class = "ask-why__label", request.t("Why we ask:") }, " ",
      parts.words_of(request, first, first.why) },
      h.span{ class = "ask-why__seen", ui.icon("withheld"), parts.seen_by(request, v, first.id) } },
    start ~= "" and h.p{ class = "ask-instrument__start", ["aria-hidden"] = "true", start, "…" },
    ui.grid(request, { legend = known and request.t_form(known.title), options = options, rows = rows, unknown = true,
      decline = true, keep = function(row, make)
        local item = v.made.items[row.item]
        local word = not v.refused[item.id] and word_of(item, row.value, row.absent)
        if not word then return make() end
        return keep(v, make, "row", request.language, item.id, word, start, tostring(intake.is_to_confirm(v, item.id)))
      end }) }
end

local function totals_of(request, v, item)
  local totals = v.made.totals[item.id]
  if not totals then return false end
  local given = v.body.answers[item.id]
  local listed = given ~= nil and not answers.absent(given)
  local lines, fields, open = {}, {}, false
  for _, total in ipairs(totals) do
    if intake.is_shown(v, total) then
      local own = v.body.answers[total.id] ~= nil or v.refused[total.id] ~= nil
      open = open or own
      if not listed or own then fields[#fields + 1] = shown.question(request, v, total, false) end
      local value = v.computed[total.id]
      if listed and not own and type(value) == "number" and value > 0 then
        lines[#lines + 1] = { key = parts.words_of(request, total, total.text), value = answer_text.of(request, total, value) }
      end
    end
  end
  return {
    #lines > 0 and h.div{ class = "ask-totals", h.h2{ class = "ask-totals__title", request.t("What follows from the lists") },
      ui.summary_list(request, lines) },
    #fields > 0 and ui.details(request, { summary = request.t("If you only know totals"), open = open, fields }) }
end

--- The questions of a list of {item, child}, in order, with the names of those that the form holds.
function shown.questions(request, v, entries)
  local nodes, index = {}, 1
  local visible = {}
  for _, entry in ipairs(entries) do
    if intake.is_shown(v, entry.item) then visible[#visible + 1] = entry end
  end
  local function holds(id) nodes[#nodes + 1] = h.input{ type = "hidden", name = "item", value = id } end
  while index <= #visible do
    local item = visible[index].item
    local run = { item }
    while item.instrument and visible[index + #run] and visible[index + #run].item.instrument == item.instrument
      and same_options(item, visible[index + #run].item) do
      run[#run + 1] = visible[index + #run].item
    end
    if item.instrument and (item.type == "bool" or item.type == "choice") then
      nodes[#nodes + 1] = grid_of(request, v, item.instrument, run)
    else
      run = { item }
      nodes[#nodes + 1] = shown.question(request, v, item, visible[index].child)
      nodes[#nodes + 1] = totals_of(request, v, item)
    end
    for _, one in ipairs(run) do
      holds(one.id)
      for _, total in ipairs(v.made.totals[one.id] or {}) do
        if intake.is_shown(v, total) then holds(total.id) end
      end
    end
    index = index + #run
  end
  return nodes
end

--- The same, to be read only.
function shown.answers(request, v, entries)
  local rows = {}
  for _, entry in ipairs(entries) do
    if intake.is_shown(v, entry.item) then
      rows[#rows + 1] = { key = parts.words_of(request, entry.item, entry.item.text),
        value = answer_text.of(request, entry.item, v.body.answers[entry.item.id]) }
    end
  end
  return ui.summary_list(request, rows)
end

return shown
