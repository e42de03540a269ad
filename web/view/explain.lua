-- What the engine says, in people's words: a value as it is read, a question by its text, a figure with its unit, a text with
-- telephone numbers that can be called. Takes the request first, for its language. Gives texts and nodes; decides nothing.

local h = require "lib.html"
local cache = require "lib.cache"
local questions = require "model.questions"
local rules = require "lib.rules"

local explain = {}

-- Where each item stands in the form: what the engine lists by name is shown in this order.
local places = cache.by_rules(function()
  local form, reason = rules.form("all")
  if not form then return nil, reason end
  local found, count = {}, 0
  for _, section in ipairs(form.sections) do
    for _, item in ipairs(section.items or {}) do
      count = count + 1
      found[item.id] = count
    end
  end
  return found
end)

--- The names of a table in the order of the form; those that the form does not know at the end, by name.
function explain.in_order(table_of)
  local names, order = {}, places() or {}
  for name in pairs(table_of) do names[#names + 1] = name end
  table.sort(names, function(a, b)
    local first, second = order[a] or math.maxinteger, order[b] or math.maxinteger
    if first ~= second then return first < second end
    return a < b
  end)
  return names
end

--- An item of the form by its id, of any pack; or nil.
function explain.item(id)
  local form = rules.form("all")
  return form and form.items[id]
end

-- ---- values --------------------------------------------------------------------------------------------------------------------

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
function explain.figure(request, type_of, value, unit)
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
          if #found > 0 then parts[#parts + 1] = { request.form_text(field.text), " ", explain.value(request, field, found) } end
        elseif field.type == "bool" then
          -- A yes says its question; a no says nothing worth reading here.
          if found == true then parts[#parts + 1] = { request.form_text(field.text), " ", request.t("Yes") } end
        else
          parts[#parts + 1] = explain.value(request, field, found)
        end
      end
    end
    local line = {}
    for number, part in ipairs(parts) do line[number] = { number > 1 and " · " or false, part } end
    entries[index] = h.li{ #line > 0 and line or request.t("Nothing said yet") }
  end
  return h.ul{ class = "ask-entries", entries }
end

--- The value of an item (of rules.form, or a field of a list) as people read it: text or nodes. nil: not answered.
function explain.value(request, item, value)
  if value == nil or value == host.json.null then return request.t("Not answered") end
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
  return explain.figure(request, kind, value)
end

-- ---- questions -------------------------------------------------------------------------------------------------------------------

-- What follows from answers has no question; this is what it is.
local function computed_name(t, id)
  local names = {
    age = t("Age"), household_size = t("People in the household"), children_under_18 = t("Children under 18"),
    adults_in_household = t("Adults in the household"), has_spouse_at_home = t("Husband, wife or partner at home"),
    any_member_60_or_over = t("Somebody in the household is 60 or older"), lives_in_nyc = t("Lives in New York City"),
    any_member_disabled = t("Somebody in the household has a confirmed disability"),
    disability_benefit_any = t("Somebody gets a disability benefit"), client_disabled = t("Has a confirmed disability"),
    homeless_now = t("Has no home of their own now"), earned_monthly = t("Income from work, a month"),
    unearned_monthly = t("Other income, a month"), gross_monthly = t("All income, a month"), gross_yearly = t("All income, a year"),
  }
  return names[id]
end

--- What has no text is called by its id, with blanks, which is a text like any other (engine/service/naming.h): "gross_monthly" as
--- "Gross monthly". translated: request.form_text, or what looks it up elsewhere.
function explain.name(_, translated, id)
  local words = tostring(id):gsub("_", " ")
  local shown = translated(words)
  if type(shown) == "string" then return host.capital(shown) end
  return h.span{ lang = "en", dir = "ltr", host.capital(words) }
end

--- What an item asks, or what it is: a node. id: of an item; item: when it is known already.
function explain.question(request, id, item)
  item = item or explain.item(id)
  if item and item.text then return request.form_text(item.text) end
  local name = computed_name(request.t, id)
  if name then return name end
  return explain.name(request, request.form_text, id)
end

--- Where an item, or a path of the engine's "missing", is asked in a case: an address, or nil when it is not asked.
function explain.link(case_id, path)
  local made = questions.of()
  return made and questions.place(made, case_id, path) or nil
end

--- What a path of the engine's "missing" asks: "household_roster[0].dob" is the second question of the first entry.
function explain.missing(request, path)
  local id, index, field_id = path:match("^([%w_]+)%[(%d+)%]%.([%w_]+)")
  if not id then return explain.question(request, path:match("^[%w_]+") or path) end
  local item = explain.item(id)
  for _, field in ipairs(item and item.fields or {}) do
    if field.id == field_id then
      return { explain.question(request, field_id, field), " ", request.t("(entry {number})", { number = tonumber(index) + 1 }) }
    end
  end
  return explain.question(request, id)
end

-- ---- texts -----------------------------------------------------------------------------------------------------------------------

local function dialled(text)
  local digits = text:gsub("[^%d]", "")
  if #digits == 10 then return "tel:+1" .. digits end
  return "tel:" .. digits
end

--- A telephone number that can be called.
function explain.phone(_, number)
  number = tostring(number)
  return h.a{ class = "ask-phone", href = dialled(number), dir = "ltr", number }
end

-- "718-557-1399", "311", "911", "988" in a text become links.
local function with_numbers(text)
  local nodes, at = {}, 1
  while at <= #text do
    local first, last = text:find("%f[%d]%d%d%d%-%d%d%d%-%d%d%d%d%f[^%d]", at)
    for _, short in ipairs { "911", "311", "988" } do
      local from, to = text:find("%f[%w]" .. short .. "%f[^%w]", at)
      local before, after = text:sub((from or 1) - 1, (from or 1) - 1), text:sub((to or 0) + 1, (to or 0) + 1)
      if from and before ~= "-" and after ~= "-" and before ~= "." and (not first or from < first) then first, last = from, to end
    end
    if not first then break end
    nodes[#nodes + 1] = text:sub(at, first - 1)
    nodes[#nodes + 1] = explain.phone(nil, text:sub(first, last))
    at = last + 1
  end
  nodes[#nodes + 1] = text:sub(at)
  return nodes
end

-- "Homebase (homebase) may keep it": the id is for those who write rules.
local function without_ids(text)
  local known = rules.programs()
  return (text:gsub(" %((%l[%w_]*)%)", function(id) if known and known.by_id[id] then return "" end end))
end

local function shown_as(request, program, text, make)
  if not text then return false end
  local shown = request.program_text(program, text)
  if type(shown) == "string" then return make(without_ids(shown)) end
  return h.span{ lang = "en", dir = "ltr", make(without_ids(text)) }
end

--- A text of a program or its pack, translated, with telephone numbers as links. program: any of the pack.
function explain.text(request, program, text) return shown_as(request, program, text, with_numbers) end

--- The same without links: for lists of reasons, and for paper.
function explain.words(request, program, text)
  return shown_as(request, program, text, function(words) return words end)
end

--- "3 business days", "24 hours", "0 days" in words; nil for nil.
function explain.within(request, text)
  local count, unit = tostring(text or ""):match("^(%d+) ([%a ]-)s?$")
  if not count then return nil end
  count = tonumber(count)
  local tn = request.tn
  if count == 0 then return request.t("the same day") end
  if unit == "hour" then return tn(count, "within 1 hour", "within {count} hours") end
  if unit == "business day" then return tn(count, "within 1 business day", "within {count} business days") end
  return tn(count, "within 1 day", "within {count} days")
end

--- A mark for what nobody has read the source of.
function explain.unverified(request)
  return h.span{ class = "ask-unverified", request.t("not verified") }
end

--- Where a rule comes from, small. Never translated: it is a citation.
function explain.cite(_, cite)
  return cite and h.span{ class = "ask-cite", lang = "en", dir = "ltr", cite }
end

return explain
