-- One language: texts of the interface, the form and the programs; plurals, dates, amounts. language.of(tag) gives it.

require "lib.cache"
local cache = require "lib.cache"
local h = require "lib.html"
local rules = require "lib.rules"

local language = {}

local months = { --[[t]] "January", --[[t]] "February", --[[t]] "March", --[[t]] "April", --[[t]] "May", --[[t]] "June",
  --[[t]] "July", --[[t]] "August", --[[t]] "September", --[[t]] "October", --[[t]] "November", --[[t]] "December" }

local function fill(text, values)
  if not values then return text end
  return (text:gsub("{([%w_]+)}", function(name)
    local value = values[name]
    if value ~= nil then return tostring(value) end
  end))
end

local function thousands(digits)
  local grouped = digits:reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (grouped:gsub("^,", ""))
end

local function make(tag)
  local read = host.texts(tag)
  if not read and tag ~= "en" then return nil, "not-found" end
  read = read or {}
  local files = read.files or {}
  local web, form = files.web or {}, files.form or {}
  local one = { tag = tag, name = read.name or "English", dir = read.direction or "ltr" }

  local function translated(text)
    local found = web[text]
    if found and found ~= "" then return found end
  end

  --- A text of the interface. Only literals: `askonce locale check` reads them from the sources.
  function one.t(text, values) return fill(translated(text) or text, values) end
  --- The text for one, or for any other count; {count} is filled in.
  function one.tn(count, single, many, values)
    local all = { count = count }
    for name, value in pairs(values or {}) do all[name] = value end
    return one.t(count == 1 and single or many, all)
  end

  -- Questions of packs and programs stand in the form too, and their translations in the files of these. Packs first, as for programs.
  local own
  local function of_form(text)
    local found = form[text]
    if found and found ~= "" then return found end
    if not own then
      local places = {}
      own = {}
      for place in pairs(files) do
        if place ~= "web" and place ~= "form" then places[#places + 1] = place end
      end
      table.sort(places)
      for _, place in ipairs(places) do
        for english, translation in pairs(files[place]) do own[english] = own[english] or translation end
      end
    end
    found = own[text]
    if found and found ~= "" then return found end
  end

  local function of_program(program, text)
    local pack = rules.pack(program)
    for _, place in ipairs { "program " .. tostring(program), "pack " .. tostring(pack), "form" } do
      local found = files[place] and files[place][text]
      if found and found ~= "" then return found end
    end
  end

  -- What is not translated is shown in English, and says so to a screen reader.
  local function shown(text, found)
    if found or tag == "en" then return found or text end
    return h.span{ lang = "en", dir = "ltr", text }
  end

  --- A text of the form, or of a program (with its pack's), as text ...
  function one.t_form(text)
    return text and (of_form(text) or text)
  end
  function one.t_program(program, text) return text and (of_program(program, text) or text) end
  --- ... and as a node that says when it is not translated.
  function one.form_text(text)
    return text and shown(text, of_form(text))
  end
  function one.program_text(program, text) return text and shown(text, of_program(program, text)) end

  --- "2026-11-28" as people write it; anything else as it is.
  function one.date(text)
    local year, month, day = tostring(text):match("^(%d%d%d%d)-(%d%d)-(%d%d)")
    local name = year and months[tonumber(month)]
    if not name then return text end
    return one.t("{month} {day}, {year}", { day = tonumber(day), month = translated(name) or name, year = year })
  end
  --- Microseconds since 1970, in New York: "November 28, 2026", "2:05 p.m.", "14:05".
  function one.day(microseconds)
    local at = host.local_time(microseconds)
    return one.date(string.format("%04d-%02d-%02d", at.year, at.month, at.day))
  end
  function one.time(microseconds)
    local at = host.local_time(microseconds)
    return string.format("%02d:%02d", at.hour, at.minute)
  end
  --- 1450.5 as $1,450.50; whole dollars without cents.
  function one.money(amount)
    local cents = math.floor(math.abs(amount) * 100 + 0.5)
    local text = "$" .. thousands(tostring(cents // 100))
    if cents % 100 > 0 then text = text .. string.format(".%02d", cents % 100) end
    return amount < 0 and "-" .. text or text
  end
  return one
end

local of = cache.by_rules(make)

--- A language by its tag, or nil. English is always there.
function language.of(tag) return of(tag) end

--- The tags that there are, English first.
function language.known()
  local tags = {}
  for index, entry in ipairs(host.languages() or {}) do tags[index] = entry.tag end
  if #tags == 0 then tags[1] = "en" end
  return tags
end

--- The first of the choices (tags or nil) that there is; then what the browser asks for (Accept-Language); then English.
function language.choose(choices, accept)
  local known = {}
  for _, tag in ipairs(language.known()) do known[tag] = true end
  for index = 1, choices.n do
    local tag = choices[index]
    if tag and known[tag] then return tag end
  end
  local best, weight = nil, 0
  for part in (accept or ""):sub(1, 500):gmatch("[^,]+") do
    local tag, q = part:match("^%s*(%a+)"), tonumber(part:match(";%s*q=([%d.]+)") or 1)
    tag = tag and tag:lower()
    if tag and known[tag] and q and q > weight then best, weight = tag, q end
  end
  return best or "en"
end

return language
