-- Questions and the fields for their answers. A label or legend, a hint, why it is asked, what is wrong, and the two answers that
-- every question can have, "I don't know" and "Prefer not to say", all tied to the field.
--
-- What the fields of a question NAME send (ui_read.lua reads it):
--   text, textarea, money, integer, decimal   NAME=text
--   bool                 NAME=true | false
--   choice               NAME=word
--   choices              NAME=word, several times; NAME=:none for "none of these"
--   date                 NAME.month, NAME.day, NAME.year
--   not known, declined  bool, choice, choices: NAME=:unknown or :declined. The others: NAME.absent=unknown | declined
--   nothing was asked    nothing, or empty fields

local h = require "lib.html"

local fields = {}

-- More options than this make a list to open rather than buttons, so that a page stays short.
local long_choice = 14
-- Up to this many letters, options stand beside each other.
local short_option = 22

--- The id of the element that belongs to a field's name: where an error links to.
function fields.id(name) return "f-" .. name:gsub("[^%w_-]", "-") end

--- The hidden fields that every form with method post needs: that it is ours, and for whom it was made, should somebody else sign in
--- before it is sent.
function fields.csrf(request)
  return { h.input{ type = "hidden", name = "csrf", value = request.csrf },
    request.user and h.input{ type = "hidden", name = "by", value = request.user.id } }
end

-- The ids of what describes a field, for aria-describedby.
local function describe(spec, id, also)
  local ids = {}
  if spec.hint then ids[#ids + 1] = id .. "-hint" end
  if spec.why or spec.seen then ids[#ids + 1] = id .. "-why" end
  if also then ids[#ids + 1] = also end
  ids[#ids + 1] = spec.error and id .. "-error" or nil
  return #ids > 0 and table.concat(ids, " ")
end

local function words_around(request, spec, id)
  return {
    spec.hint and h.p{ class = "usa-hint", id = id .. "-hint", spec.hint },
    (spec.why or spec.seen) and h.p{ class = "ask-why", id = id .. "-why",
      spec.why and h.span{ h.span{ class = "ask-why__label", request.t("Why we ask:") }, " ", spec.why },
      spec.seen and h.span{ class = "ask-why__seen", h.svg{ class = "usa-icon", ["aria-hidden"] = "true", focusable = "false",
        h.use{ href = "#i-withheld" } }, spec.seen } },
    spec.error and h.p{ class = "usa-error-message", id = id .. "-error",
      h.span{ class = "usa-sr-only", request.t("Error:"), " " }, spec.error },
  }
end

local function heading(spec)
  local text = spec.label
  if spec.optional then text = { text, " ", h.span{ class = "usa-hint", "(" , spec.optional, ")" } } end
  if spec.mark then text = { text, " ", spec.mark } end
  return text
end

-- One radio or checkbox.
local function option(kind, content)
  return h.div{ class = "usa-" .. kind .. (content.quiet and " ask-quiet" or ""),
    h.input{ class = "usa-" .. kind .. "__input", type = kind, id = content.id, name = content.name, value = content.value,
      checked = content.checked, ["data-none"] = content.none, ["aria-describedby"] = content.describedby },
    h.label{ class = "usa-" .. kind .. "__label", ["for"] = content.id, content.text,
      content.hint and h.span{ class = "usa-radio__label-description", content.hint } } }
end

local function absent_words(request, spec)
  local list = {}
  if spec.unknown then list[#list + 1] = { id = "unknown", text = request.t("I don't know") } end
  if spec.decline then list[#list + 1] = { id = "declined", text = request.t("Prefer not to say") } end
  return list
end

-- The two answers beside a field that is typed into.
local function absent_beside(request, spec, id)
  local words = absent_words(request, spec)
  if #words == 0 then return false end
  for index, word in ipairs(words) do
    words[index] = option("checkbox", { id = id .. "-" .. word.id, name = spec.name .. ".absent", value = word.id,
      text = word.text, checked = spec.absent == word.id, none = true, quiet = true })
  end
  return h.div{ class = "ask-absent", role = "group", ["aria-label"] = request.t("Other answers"), words }
end

local function clear_button(request, spec)
  if not spec.clear then return false end
  return h.button{ class = "usa-button usa-button--unstyled ask-clear", name = "clear", value = spec.name, ["data-live"] = true,
    request.t("Clear"), h.span{ class = "usa-sr-only", " ", spec.label } }
end

local function group(spec, content)
  local class = "usa-form-group ask-question" .. (spec.error and " usa-form-group--error" or "")
    .. (spec.child and " ask-question--child" or "") .. (spec.class and " " .. spec.class or "")
  return h.div{ class = class, id = spec.item and "q-" .. spec.item:gsub("[^%w_-]", "-"), ["data-item"] = spec.item, content }
end

local function fieldset(request, spec, id, content)
  return group(spec, h.fieldset{ class = "usa-fieldset", ["aria-describedby"] = describe(spec, id), id = id .. "-set",
    h.legend{ class = "usa-legend", heading(spec) }, words_around(request, spec, id), content })
end

local function contains(list, value)
  for _, entry in ipairs(type(list) == "table" and list or {}) do if entry == value then return true end end
  return false
end

local function all_short(options)
  if #options > 6 then return false end
  for _, entry in ipairs(options) do
    if type(entry.text) ~= "string" or entry.hint or (utf8.len(entry.text) or 99) > short_option then return false end
  end
  return true
end

-- Radios or checkboxes. The first has the id that an error links to.
local function buttons(request, spec, kind, options)
  local id, list = fields.id(spec.name), {}
  local function add(value, text, extra)
    local checked
    if extra.absent then checked = spec.absent == extra.absent
    elseif kind == "checkbox" then checked = not spec.absent and extra.checked
    else checked = not spec.absent and spec.value ~= nil and tostring(spec.value) == value end
    list[#list + 1] = option(kind, { id = #list == 0 and id or id .. "-" .. #list, name = spec.name, value = value, text = text,
      hint = extra.hint, checked = checked, none = kind == "checkbox" and extra.quiet, quiet = extra.quiet })
  end
  for _, entry in ipairs(options) do
    add(entry.id, entry.text, { hint = entry.hint, checked = contains(spec.value, entry.id) })
  end
  if kind == "checkbox" and spec.none then
    add(":none", spec.none == true and request.t("None of these") or spec.none,
      { quiet = true, checked = type(spec.value) == "table" and #spec.value == 0 })
  end
  for _, word in ipairs(absent_words(request, spec)) do
    add(":" .. word.id, word.text, { absent = word.id, quiet = true })
  end
  return fieldset(request, spec, id,
    h.div{ class = "ask-options" .. (all_short(options) and " ask-options--inline" or #options > 6 and " ask-options--many" or ""),
      list, clear_button(request, spec) })
end

local kinds = {}

function kinds.bool(request, spec)
  return buttons(request, spec, "radio",
    { { id = "true", text = spec.yes or request.t("Yes") }, { id = "false", text = spec.no or request.t("No") } })
end

local function select_list(request, spec)
  local id, list = fields.id(spec.name), { h.option{ value = "", spec.blank or request.t("Choose") } }
  local function add(value, text, selected) list[#list + 1] = h.option{ value = value, selected = selected, text } end
  for _, entry in ipairs(spec.options) do
    add(entry.id, entry.text, not spec.absent and spec.value ~= nil and tostring(spec.value) == entry.id)
  end
  for _, word in ipairs(absent_words(request, spec)) do add(":" .. word.id, word.text, spec.absent == word.id) end
  return group(spec, { h.label{ class = "usa-label", ["for"] = id, heading(spec) }, words_around(request, spec, id),
    h.select{ class = "usa-select", id = id, name = spec.name, ["aria-describedby"] = describe(spec, id),
      ["aria-invalid"] = spec.error and "true", autocomplete = "off", list } })
end

function kinds.choice(request, spec)
  if spec.as == "select" or spec.as ~= "radios" and #spec.options > long_choice then return select_list(request, spec) end
  return buttons(request, spec, "radio", spec.options)
end

function kinds.choices(request, spec) return buttons(request, spec, "checkbox", spec.options) end

-- What is typed into, with the two other answers beside it.
local function typed(request, spec, content)
  local id = spec.id or fields.id(spec.name)
  local input = {
    class = "usa-input" .. (content.width and " usa-input--" .. content.width or "") .. (spec.error and " usa-input--error" or ""),
    id = id, name = spec.name, type = content.type or "text", value = spec.value ~= nil and tostring(spec.value) or nil,
    inputmode = content.inputmode, maxlength = spec.max_length, autocomplete = spec.autocomplete or "off",
    ["aria-describedby"] = describe(spec, id), ["aria-invalid"] = spec.error and "true", autocapitalize = content.autocapitalize,
    spellcheck = content.spellcheck, dir = content.dir,
  }
  local field = h.input(input)
  if content.area then
    input.type, input.value, input.rows, input.class = nil, nil, spec.rows or 3, "usa-textarea"
    input[1] = spec.value ~= nil and tostring(spec.value) or ""
    -- HTML drops a line feed at the start of a textarea.
    if input[1]:sub(1, 1) == "\n" then input[1] = "\n" .. input[1] end
    field = h.textarea(input)
  end
  if content.prefix or content.suffix then
    field = h.div{ class = "usa-input-group" .. (content.width and " usa-input-group--" .. content.width or ""),
      content.prefix and h.div{ class = "usa-input-prefix", ["aria-hidden"] = "true", content.prefix }, field,
      content.suffix and h.div{ class = "usa-input-suffix", content.suffix } }
  end
  return group(spec, { h.label{ class = "usa-label", ["for"] = id, heading(spec) }, words_around(request, spec, id),
    h.div{ class = "ask-line", field, absent_beside(request, spec, id) } })
end

function kinds.text(request, spec)
  return typed(request, spec, { width = spec.width or (spec.max_length and spec.max_length <= 20 and "medium") or "xl",
    inputmode = spec.inputmode, dir = "auto" })
end
function kinds.textarea(request, spec) return typed(request, spec, { area = true, dir = "auto" }) end
function kinds.password(request, spec)
  return typed(request, spec, { type = "password", width = "xl", autocapitalize = "none", spellcheck = "false" })
end
function kinds.email(request, spec) return typed(request, spec, { type = "email", width = "xl", spellcheck = "false" }) end
function kinds.tel(request, spec) return typed(request, spec, { type = "tel", width = "medium" }) end
function kinds.integer(request, spec)
  return typed(request, spec, { width = spec.width or "2xs", inputmode = "numeric", suffix = spec.unit })
end
function kinds.decimal(request, spec)
  return typed(request, spec, { width = spec.width or "xs", inputmode = "decimal", suffix = spec.unit })
end
function kinds.money(request, spec)
  local value = spec.value
  if math.type(value) == "float" then value = string.format("%.2f", value) end
  local copy = setmetatable({ value = value }, { __index = spec })
  return typed(request, copy, { width = spec.width or "small", inputmode = "decimal", prefix = "$", suffix = spec.unit })
end

-- Three fields, month first as in the United States: people type a date that they know faster than they pick it.
function kinds.date(request, spec)
  local id, value = fields.id(spec.name), spec.value
  if type(value) == "string" then
    local year, month, day = value:match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
    value = { year = year, month = month and tostring(tonumber(month)), day = day and tostring(tonumber(day)) }
  end
  value = value or {}
  local autocomplete = spec.autocomplete == "bday"
  local function part(key, label, width, length, suffix)
    return h.div{ class = "usa-form-group usa-form-group--" .. key,
      h.label{ class = "usa-label", ["for"] = id .. suffix, label },
      h.input{ class = "usa-input usa-input--" .. width .. (spec.error and " usa-input--error" or ""), id = id .. suffix,
        name = spec.name .. "." .. key, value = value[key] and tostring(value[key]), inputmode = "numeric", maxlength = length,
        ["aria-invalid"] = spec.error and "true", autocomplete = autocomplete and "bday-" .. key or "off" } }
  end
  return fieldset(request, spec, id, h.div{ class = "ask-line",
    h.div{ class = "usa-memorable-date",
      part("month", request.t("Month"), "2xs", 2, ""), part("day", request.t("Day"), "2xs", 2, "-day"),
      part("year", request.t("Year"), "xs", 4, "-year") },
    absent_beside(request, spec, id) })
end

--- A question with its field. spec:
---   type      "text", "textarea", "password", "email", "tel", "money", "integer", "decimal", "date", "bool", "choice", "choices"
---   name      of the field in the form, such as "dob" or "household_roster.0.dob"; its id is ui.id(name)
---   label     text; hint: text; why: why it is asked; seen: who will see it; error: what is wrong with it
---   value     text or number; for bool true, false or nil; for choices a list; for date "YYYY-MM-DD" or { year=, month=, day= }
---             as typed. absent: "unknown" or "declined" when that is the answer
---   unknown, decline   true: offers "I don't know", "Prefer not to say"
---   options   of choice and choices: list of { id=, text=, hint= }; as: "select" or "radios" (else by their number);
---             none: true or a text: a choices question can be answered with "None of these"
---   item      the item of the form that it belongs to: makes the block #q-ITEM with data-item, which the script saves as one.
---             Leave it out for the fields of an entry in a list, and put ui.item around the whole list
---   child     true: it depends on the question above it and is moved in a little
---   optional  text such as "optional"; mark: a tag beside the label; clear: true: a button that takes the answer back
---   max_length, autocomplete, width ("2xs" .. "xl"), unit (text after the field), rows, yes and no (texts), blank, class
function fields.field(request, spec)
  local kind = kinds[spec.type]
  if not kind then error("not a type of field: " .. tostring(spec.type)) end
  return kind(request, spec)
end

--- A block that the script saves as one item: a list question, or several fields. options: item, error; array part: content.
function fields.item(_, options)
  local content = {}
  for index, node in ipairs(options) do content[index] = node end
  return group({ item = options.item, class = options.class, child = options.child, error = options.error }, content)
end

-- One row of a grid.
local function grid_row(request, columns, row)
  local id, cells = fields.id(row.name), {}
  for index, column in ipairs(columns) do
    local cell, checked = index == 1 and id or id .. "-" .. index - 1
    if column.absent then checked = row.absent == column.absent
    else checked = not row.absent and row.value ~= nil and tostring(row.value) == column.value end
    cells[index] = option("radio", { id = cell, name = row.name, value = column.value, text = h.span{ column.text },
      checked = checked, quiet = column.absent })
  end
  return h.fieldset{ class = "usa-fieldset ask-grid__row" .. (row.error and " usa-form-group--error" or ""),
    id = row.item and "q-" .. row.item:gsub("[^%w_-]", "-"), ["data-item"] = row.item, ["aria-describedby"] = describe(row, id),
    h.legend{ class = "ask-grid__question", row.label, words_around(request, row, id) },
    h.div{ class = "ask-grid__cells", cells } }
end

--- Several questions with the same options, compactly: an instrument. On a narrow screen each stands alone. spec: legend, hint,
--- options = list of { id=, text= }, rows = list of { name=, label=, value=, absent=, error=, item= }, unknown, decline,
--- keep = function(row, make): what stands for a row, make() or what it gave before.
function fields.grid(request, spec)
  local columns = {}
  for _, entry in ipairs(spec.options) do columns[#columns + 1] = { value = entry.id, text = entry.text } end
  for _, word in ipairs(absent_words(request, spec)) do
    columns[#columns + 1] = { value = ":" .. word.id, text = word.text, absent = word.id }
  end
  local head, rows = {}, {}
  for index, column in ipairs(columns) do head[index] = h.span{ column.text } end
  for number, row in ipairs(spec.rows) do
    local function make() return grid_row(request, columns, row) end
    rows[number] = spec.keep and spec.keep(row, make) or make()
  end
  return h.div{ class = "ask-grid ask-grid--" .. #columns, role = "group", ["aria-label"] = spec.legend,
    spec.hint and h.p{ class = "usa-hint", spec.hint },
    h.div{ class = "ask-grid__head", ["aria-hidden"] = "true", h.span{}, h.div{ class = "ask-grid__cells", head } }, rows }
end

return fields
