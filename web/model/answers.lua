-- Between fields and answers: what the fields of a question sent (names as ui_fields.lua makes them), and what to put into them again.
-- A list question NAME sends besides:
--   NAME.count              how many entries it shows; their fields are NAME.0.dob, NAME.0.incomes.1.amount ...
--   NAME.state              :none, :unknown or :declined, when it shows no entries
--   add=NAME, remove=NAME.1 buttons
-- No HTML, no case.

local changes = require "model.changes"
local ui_read = require "lib.ui_read"

local answers = {}

--- How many entries a list may have: what the engine takes when the form says nothing.
function answers.most_entries(field) return field.max_entries or 50 end

local read_list

-- One field: its value; nil: blank. What could not be read goes to wrong.
local function read_field(request, field, name, wrong)
  if field.type == "list" then return (read_list(request, field, name, wrong)) end
  -- The message is kept with the case and translated for whoever reads it.
  local sent = { form = request.form, form_all = request.form_all, t = function(text) return text end }
  local state, value, message = ui_read.read(sent, field.type, name)
  if state == "value" then
    if type(value) == "table" then host.json.array(value) end
    return value
  elseif state == "absent" then
    return { absent = value }
  elseif state == "wrong" then
    wrong[name] = { typed = value, message = message }
  end
  return nil
end

local function asked_fields(field)
  local list = {}
  for _, one in ipairs(field.fields) do
    if one.text then list[#list + 1] = one end
  end
  return list
end
answers.asked_fields = asked_fields

local function entry_of(request, field, name, wrong)
  local entry = {}
  for _, one in ipairs(asked_fields(field)) do entry[one.id] = read_field(request, one, name .. "." .. one.id, wrong) end
  -- An age beside a date of birth says nothing more, and is wrong next year.
  for _, one in ipairs(field.fields) do
    for source in (one.computed or ""):gmatch("%.([%a_][%w_]*)") do
      if entry[source] ~= nil then entry[one.id] = nil end
    end
  end
  return entry
end

function read_list(request, field, name, wrong)
  local form = request.form
  local count = math.tointeger(tonumber(form[name .. ".count"] or "0")) or 0
  local list = host.json.array {}
  local removed = form.remove
  -- One too many is read as well, so that the engine says so.
  for index = 0, math.min(count, answers.most_entries(field) + 1) - 1 do
    local at = name .. "." .. index
    if at ~= removed then
      local own = {}
      local entry = entry_of(request, field, at, own)
      local now = name .. "." .. #list
      for place, problem in pairs(own) do wrong[now .. place:sub(#at + 1)] = problem end
      list[#list + 1] = entry
    end
  end
  if form.add == name and #list < answers.most_entries(field) then list[#list + 1] = {} end
  if #list > 0 then return list end
  local state, word = ui_read.read(request, "choices", name .. ".state")
  if state == "absent" then return { absent = word } end
  if state == "value" then return list end
  return nil
end

--- Reads the fields of one item of the form: its value (as the API takes it) or changes.BLANK, and what could not be read, { field ->
--- {typed, message} } or nil.
function answers.read(request, item)
  local wrong = {}
  local value
  if request.form.clear ~= item.id then value = read_field(request, item, item.id, wrong) end
  if value == nil then value = changes.BLANK end
  return value, next(wrong) and wrong or nil
end

--- Reads several: answers and wrong as changes.apply takes them. ids: of items; others than the form's are passed over.
function answers.read_all(request, ids, items)
  local values, wrong, count = {}, {}, 0
  for _, id in ipairs(ids) do
    local item = items[id]
    if item and values[id] == nil then
      values[id], wrong[id] = answers.read(request, item)
      count = count + 1
    end
  end
  return values, wrong, count
end

--- The word for an absent answer ("unknown", "declined"), or nil.
function answers.absent(value) return type(value) == "table" and value.absent or nil end

-- ---- what is wrong ------------------------------------------------------------------------------------------------------------------

local function limit(request, field, text)
  local number = tonumber(text)
  if not number then return text end
  if field.type == "money" then return request.money(number) end
  return text
end

--- What is wrong with a field, in the words of the request's language. problem: {typed, message} of ours or {code, message, hint} of the
--- engine; field: of the form.
function answers.message(request, field, problem)
  local t = request.t
  local code, message = problem.code, problem.message or ""
  if code == "typed" then return t(message) end
  if code == "bad-date" then return t("There is no such day.") end
  if code == "out-of-range" then
    if field and field.min and field.max and tonumber(field.min) and tonumber(field.max) then
      return t("It has to be between {least} and {most}.",
        { least = limit(request, field, field.min), most = limit(request, field, field.max) })
    elseif field and field.min and tonumber(field.min) then
      return t("It has to be at least {least}.", { least = limit(request, field, field.min) })
    end
  end
  if code == "bad-pattern" and problem.hint then
    return t("Write it like this: {hint}.", { hint = request.t_form(problem.hint) })
  end
  if code == "too-long" and field and field.max_length then
    return t("It is too long: at most {count} letters.", { count = field.max_length })
  end
  if code == "too-many" and field then
    return t("At most {count} can be listed. Take some away.", { count = answers.most_entries(field) })
  end
  if code == "contradiction" then return t("This does not agree with the list it is the total of. Change one of them.") end
  if code == "wrong-type" or code == "unknown-word" or code == "unknown-item" then
    return t("This answer does not fit the question any more. Answer again.")
  end
  return request.t_form(message)
end

--- The errors of a case: list of { item=, field=, message= } in the order of the fields' names. items: of the form, by id; refused: of
--- screening.refused.
function answers.errors(request, items, refused)
  local list = {}
  for name, problem in pairs(refused) do
    local field = items[problem.item]
    for step in name:gmatch("[^.]+") do
      for _, one in ipairs(field and field.fields or {}) do
        if one.id == step then field = one break end
      end
    end
    list[#list + 1] = { item = problem.item, field = name, message = answers.message(request, field, problem) }
  end
  table.sort(list, function(a, b) return a.field < b.field end)
  return list
end

return answers
