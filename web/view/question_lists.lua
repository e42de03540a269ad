-- Questions that are answered with a list: its entries with their fields, lists within them, what to say when there are none.

local answer_text = require "lib.answer_text"
local answers = require "model.answers"
local h = require "lib.html"
local parts = require "view.question_parts"
local ui = require "lib.ui"

local lists = {}

local list_field

local function select_spec(request, field, name, value, error)
  return { type = "choice", as = "select", name = name, label = parts.words_of(request, field, field.text), value = value,
    options = (parts.options_of(request, field)), error = error }
end

-- The fields of an entry: what is typed or chosen in a row, yes and no below each other, lists in it at the end.
local function entry_fields(request, v, item, list, entry, at, few)
  local row, yes_no, inner, nodes = {}, {}, {}, {}
  for _, field in ipairs(answers.asked_fields(list)) do
    local name = at .. "." .. field.id
    local value, absent = parts.content_of(v, item, name, entry[field.id])
    local problem = parts.error_of(request, v, field, item, name)
    if field.type == "list" then
      inner[#inner + 1] = list_field(request, v, item, field, name, entry[field.id])
    elseif field.type == "bool" and not few then
      yes_no[#yes_no + 1] = { name = name, label = parts.words_of(request, field, field.text), value = value, absent = absent,
        error = problem }
    elseif field.type == "bool" or field.type == "choice" then
      row[#row + 1] = ui.field(request, select_spec(request, field, name, value, problem))
    else
      row[#row + 1] = ui.field(request, { type = field.type, name = name, label = parts.words_of(request, field, field.text), value = value,
        absent = absent, error = problem, hint = field.computed and request.t("Only if the date of birth is not known.") or nil,
        max_length = field.max_length, options = field.options and (parts.options_of(request, field)) })
    end
  end
  nodes[#nodes + 1] = h.div{ class = "ask-entry__fields", row }
  if #yes_no > 0 then
    nodes[#nodes + 1] = ui.grid(request, { legend = request.t("Yes or no"), rows = yes_no, unknown = true,
      options = (parts.options_of(request, { type = "bool" })) })
  end
  nodes[#nodes + 1] = inner
  return nodes
end

-- "1. Child": the number and the first thing that was chosen.
local function entry_name(request, list, entry, number)
  for _, field in ipairs(list.fields) do
    if field.type == "choice" and entry[field.id] ~= nil and not answers.absent(entry[field.id]) then
      return { number .. ". ", answer_text.of(request, field, entry[field.id]) }
    end
  end
  return request.t("Number {number}", { number = number })
end

-- The entries of a list with its buttons. name: "incomes", "household_roster.0.incomes".
local function entries_of(request, v, item, list, name, entries)
  local blocks = {}
  local plain = 0
  for _, field in ipairs(answers.asked_fields(list)) do plain = plain + (field.type == "list" and 9 or 1) end
  local few = plain <= 4
  for index, entry in ipairs(entries) do
    local at = name .. "." .. (index - 1)
    local remove = ui.button(request, { text = request.t("Remove"), kind = "unstyled", name = "remove", value = at, live = true,
      describe = request.t("number {number}", { number = index }) })
    blocks[index] = h.fieldset{ class = "usa-fieldset ask-entry" .. (few and " ask-entry--row" or ""), id = ui.id(at),
      h.legend{ class = "ask-entry__name", entry_name(request, list, entry, index) },
      not few and remove, entry_fields(request, v, item, list, entry, at, few), few and remove }
  end
  return { h.input{ type = "hidden", name = name .. ".count", value = #entries }, blocks }
end

local function add_button(request, name, count)
  return ui.button(request, { text = count > 0 and request.t("Add another") or request.t("Add"), kind = "outline", name = "add",
    value = name, live = true, id = ui.id(name) .. "-add" })
end

local function state_field(request, spec)
  return ui.field(request, { type = "choices", name = spec.name .. ".state", label = spec.label, hint = spec.hint, why = spec.why,
    seen = spec.seen, mark = spec.mark, error = spec.error, options = {}, none = request.t("None"), unknown = spec.unknown,
    decline = spec.decline, value = spec.value, absent = spec.absent })
end

-- A list within an entry.
function list_field(request, v, item, list, name, value)
  local entries = type(value) == "table" and not value.absent and value or nil
  local label = parts.words_of(request, list, list.text)
  if entries and #entries > 0 then
    return h.fieldset{ class = "usa-fieldset ask-list", h.legend{ class = "usa-legend", label },
      entries_of(request, v, item, list, name, entries),
      #entries < answers.most_entries(list) and add_button(request, name, #entries) }
  end
  return h.div{ class = "ask-list ask-list--empty",
    state_field(request, { name = name, label = label, value = entries, absent = answers.absent(value) }),
    add_button(request, name, 0) }
end

--- A list question of the form. spec: as of ui.field.
function lists.question(request, v, item, spec)
  local value, absent = parts.content_of(v, item, item.id, v.body.answers[item.id])
  local entries = type(value) == "table" and value or nil
  local content
  if entries and #entries > 0 then
    local id = ui.id(item.id)
    content = h.fieldset{ class = "usa-fieldset ask-list", id = id .. "-set", ["aria-describedby"] = id .. "-why",
      h.legend{ class = "usa-legend", spec.label, spec.mark and { " ", spec.mark } },
      h.p{ class = "ask-why", id = id .. "-why", spec.why and h.span{ h.span{ class = "ask-why__label", request.t("Why we ask:") },
        " ", spec.why }, h.span{ class = "ask-why__seen", ui.icon("withheld"), spec.seen } },
      spec.error and h.p{ class = "usa-error-message", id = id .. "-error", spec.error },
      entries_of(request, v, item, item, item.id, entries),
      #entries < answers.most_entries(item) and add_button(request, item.id, #entries) }
  else
    content = { state_field(request, { name = item.id, label = spec.label, hint = spec.hint, why = spec.why, seen = spec.seen,
      mark = spec.mark, error = spec.error, unknown = true, decline = true, value = entries, absent = absent }),
      add_button(request, item.id, 0) }
  end
  return ui.item(request, { item = item.id, error = spec.error, child = spec.child, class = "ask-question--list", content })
end

return lists
