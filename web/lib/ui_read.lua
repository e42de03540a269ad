-- What a field of ui_fields.lua sent. It looks at the shape only; limits, options and patterns are the engine's to check, which
-- says what is wrong with an answer.

local read = {}

-- In time that grows with the text: a pattern such as "%s+$" would look at every run of spaces from each of its places.
local function trim(text)
  local first, last = text:find("%S"), #text
  if not first then return "" end
  while text:find("^%s", last) do last = last - 1 end
  return text:sub(first, last)
end

-- "1,450.00", "$ 1450" and "1450" are the same amount. Commas stand between thousands alone: "1,45" is not 145.
local function number(text)
  if #text > 40 then return nil end
  local plain = text:gsub("[%s$]", "")
  local sign, whole, rest = plain:match("^(%-?)([%d,]+)(%.?%d*)$")
  if not whole then return nil end
  if whole:find(",", 1, true) then
    if not whole:match("^%d%d?%d?,") then return nil end
    for group in whole:gmatch(",([^,]*)") do if #group ~= 3 then return nil end end
    whole = whole:gsub(",", "")
  end
  plain = sign .. whole .. rest
  if #plain > 15 then return nil end
  return plain
end

local readers = {}

function readers.text(text) return text end
readers.textarea, readers.password, readers.email, readers.tel, readers.choice =
  readers.text, readers.text, readers.text, readers.text, readers.text
function readers.bool(text, t)
  if text == "true" then return true end
  if text == "false" then return false end
  return nil, t("Choose yes or no.")
end
function readers.integer(text, t)
  local plain = number(text)
  local value = plain and math.tointeger(tonumber(plain))
  if value then return value end
  return nil, t("Write a whole number, such as 3.")
end
function readers.decimal(text, t)
  local plain = number(text)
  if plain then return tonumber(plain) end
  return nil, t("Write a number, such as 12.5.")
end
function readers.money(text, t)
  local plain = number(text)
  if plain and not plain:match("%.%d%d%d") then return tonumber(plain) end
  return nil, t("Write an amount, such as 1450 or 1450.00.")
end

local function date(form, name, t)
  local month, day, year = trim(form[name .. ".month"] or ""), trim(form[name .. ".day"] or ""), trim(form[name .. ".year"] or "")
  if month == "" and day == "" and year == "" then return "blank" end
  local typed = { year = year, month = month, day = day }
  if month == "" or day == "" or year == "" then return "wrong", typed, t("Write the month, the day and the year.") end
  local digits = year:match("^%d%d%d%d$") and month:match("^%d%d?$") and day:match("^%d%d?$")
  if not digits or tonumber(month) < 1 or tonumber(month) > 12 or tonumber(day) < 1 or tonumber(day) > 31 then
    return "wrong", typed, t("Write a date such as 3 2 1944: month, day, year with four digits.")
  end
  return "value", string.format("%s-%02d-%02d", year, tonumber(month), tonumber(day))
end

--- Reads one field. type and name as for ui.field. Gives one of
---   "value", value          text, number, boolean, list of words, or "YYYY-MM-DD" (a date that may not exist: 02-31)
---   "absent", word          "unknown" or "declined"
---   "blank"                 nothing was given
---   "wrong", typed, message what was typed, to be shown again, and what is wrong with it
function read.read(request, type, name)
  local form, all = request.form, request.form_all[name] or {}
  local absent = form[name .. ".absent"]
  if type == "choices" then
    local list, none = {}, false
    for _, word in ipairs(all) do
      if word == ":unknown" or word == ":declined" then return "absent", word:sub(2) end
      if word == ":none" then none = true elseif word ~= "" then list[#list + 1] = word end
    end
    if #list > 0 or none then return "value", list end
    return "blank"
  end
  local state, value, message
  if type == "date" then
    state, value, message = date(form, name, request.t)
  else
    local text = trim(form[name] or "")
    if text == "" then
      state = "blank"
    elseif (type == "bool" or type == "choice") and (text == ":unknown" or text == ":declined") then
      return "absent", text:sub(2)
    else
      value, message = readers[type](text, request.t)
      if value == nil then state, value = "wrong", text else state = "value" end
    end
  end
  -- What was typed has the last word: it was more work.
  if state == "blank" and (absent == "unknown" or absent == "declined") then return "absent", absent end
  return state, value, message
end

return read
