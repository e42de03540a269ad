-- Answers and figures as people read them, in the language of the request: "Yes", "$1,450", "March 2, 1944", "Does not know".

local h = require "lib.html"

local values = {}

local function absent_word(request, value)
  if value.absent == "declined" then return request.t("Prefers not to say") end
  if value.absent == "unknown" then return request.t("Does not know") end
  return request.t("Not answered")
end

local function option_text(request, item, word)
  for _, option in ipairs(item.options or {}) do
    if option.id == word then return request.form_text(option.text) end
  end
  return tostring(word)
end

local function plain_number(value)
  if math.type(value) == "integer" then return tostring(value) end
  return (string.format("%.6f", value):gsub("0+$", ""):gsub("%.$", ""))
end

--- A figure of a type ("money", "date", "bool", "integer", ...), for lines of a worksheet and numbers of the rules. unit: of a parameter.
function values.figure(request, type_of, value, unit)
  if value == nil or value == host.json.null then return request.t("Not known") end
  if type(value) == "table" then
    if value.absent then return absent_word(request, value) end
    return plain_number(#value)
  end
  if type(value) == "boolean" then return value and request.t("Yes") or request.t("No") end
  if type(value) == "string" then
    if type_of == "date" or value:match("^%d%d%d%d%-%d%d%-%d%d$") then return request.date(value) end
    return value
  end
  if type_of == "money" or unit and unit:match("^USD") then return request.money(value) end
  if unit == "percent" then return plain_number(value) .. " %" end
  return plain_number(value)
end

local function list_value(request, item, value)
  if #value == 0 then return request.t("None") end
  local entries = {}
  for index, entry in ipairs(value) do
    local parts = {}
    for _, field in ipairs(item.fields or {}) do
      local found = entry[field.id]
      if found ~= nil and not (field.computed and not field.text) then
        if field.type == "list" then
          if #found > 0 then parts[#parts + 1] = { request.form_text(field.text), " ", values.of(request, field, found) } end
        elseif field.type == "bool" then
          -- A yes says its question; a no says nothing worth reading here.
          if found == true then parts[#parts + 1] = { request.form_text(field.text), " ", request.t("Yes") } end
        else
          parts[#parts + 1] = values.of(request, field, found)
        end
      end
    end
    local line = {}
    for number, part in ipairs(parts) do line[number] = { number > 1 and " · " or false, part } end
    entries[index] = h.li{ #line > 0 and line or request.t("Nothing said yet") }
  end
  return h.ul{ class = "ask-entries", entries }
end

--- The value of an item (of rules.form, or a field of a list) as people read it: text or nodes; nil for nil.
function values.of(request, item, value)
  if value == nil or value == host.json.null then return nil end
  if type(value) == "table" and value.absent then return absent_word(request, value) end
  local kind = item and item.type
  if kind == "list" and type(value) == "table" then return list_value(request, item, value) end
  if kind == "choices" and type(value) == "table" then
    if #value == 0 then return request.t("None of these") end
    local words = {}
    for index, word in ipairs(value) do words[index] = { index > 1 and ", " or false, option_text(request, item, word) } end
    return words
  end
  if kind == "choice" and type(value) == "string" then return option_text(request, item, value) end
  if kind == "text" then return h.bdi{ tostring(value) } end
  return values.figure(request, kind, value)
end

--- The same; "Not answered" for nil.
function values.said(request, item, value) return values.of(request, item, value) or request.t("Not answered") end

return values
