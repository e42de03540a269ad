-- Names, dates of birth and phone numbers as a search compares them: the keys that a client is found by, and how well a name fits.
-- Pure: text in, text and numbers out; only host.fold is asked. Nothing here knows documents.
--
-- Keys are short opaque texts, which the store compares as a whole:
--   n:garcia        a word of the name            a:hernandezgarcia  two words that are also written as one
--   g:william       stands for a group of first names (model/nicknames.lua)
--   p:KRS           how a word sounds, to an ear used to Spanish or English
--   b:gon, b:gonz   how a word begins             e:lez              how it ends
--   x:gonzal        the first seven letters less one: two words that differ by one slip share such a text
--   d:1944-03-02    date of birth                 t:5550142          the last seven figures of a phone number

local groups = require "model.nicknames"

local names = {}

-- The store takes 64 keys of 120 bytes (host.documents); one is left for the mark of the form that added the client.
local most_keys, longest_word, most_words = 63, 40, 12
-- Slips are looked for in this many letters at the start of a word; a slip after them leaves the beginning whole.
local slip_letters = 7

-- Words between names that many people share, and that are often left out. They make no keys of their own and count for nothing ...
local particles = {}
for word in ("de del la las el los y e da das dos di von der den des du bint mc st mr mrs ms miss dr sr sra srta jr iii ii viuda "
  .. "vda"):gmatch("%a+") do particles[word] = true end
-- ... and words that are such a particle for one person and a name for another: Al-Hassan and Al Brown. They count for half.
local weak = {}
for word in ("al ben bin ibn abu van don do san santa mac lo ter dona"):gmatch("%a+") do weak[word] = true end

-- ---- words -----------------------------------------------------------------------------------------------------------------

-- Letters and figures of any script; joins what stands around an apostrophe: O'Brien, D’Angelo.
local function split(folded)
  local list = {}
  folded = folded:gsub("['`]", ""):gsub("\u{2019}", ""):gsub("\u{2018}", ""):gsub("\u{02BC}", "")
  -- Signs of other scripts that are no letters: spaces, dashes, dots, quotation marks of U+2000 to U+206F and U+3000 to U+303F.
  folded = folded:gsub("\u{00A0}", " "):gsub("\u{00B7}", " "):gsub("\xE2[\x80\x81][\x80-\xBF]", " ")
    :gsub("\xE3\x80[\x80-\xBF]", " ")
  for word in folded:gmatch("[%w\x80-\xFF]+") do
    local letters = utf8.len(word)
    if letters then
      if letters > longest_word then word = word:sub(1, utf8.offset(word, longest_word + 1) - 1) end
      while #word > 100 do word = word:sub(1, utf8.offset(word, -1) - 1) end
      list[#list + 1] = word
      if #list == most_words then break end
    end
  end
  return list
end

--- The words of a name as they are compared, at most 12: lower case, without accents, apostrophes and signs.
function names.words(text)
  if type(text) ~= "string" then return {} end
  return split(host.fold(text:sub(1, 1000)))
end

local function letters_of(word)
  local list = {}
  for _, code in utf8.codes(word) do list[#list + 1] = utf8.char(code) end
  return list
end

local function part(word, from, to)
  local length = utf8.len(word)
  if from < 0 then from = length + from + 1 end
  if to < 0 then to = length + to + 1 end
  to = math.min(to, length)
  if from > to then return "" end
  return word:sub(utf8.offset(word, from), utf8.offset(word, to + 1) - 1)
end

-- Two or three words that somebody writes as one: Mary Ann, De la Cruz. { {from, to, text} }
local function joined(words)
  local list = {}
  for first = 1, #words - 1 do
    local text = words[first]
    for last = first + 1, math.min(first + 2, #words) do
      text = text .. words[last]
      -- Three only when the ones before the last are particles.
      if last == first + 1 or particles[words[first]] and particles[words[first + 1]] then
        if #text <= 100 then list[#list + 1] = { first, last, text } end
      end
    end
  end
  return list
end

-- ---- how a word sounds ---------------------------------------------------------------------------------------------------------

-- In this order. Capitals are sounds, small letters still have to be looked at; vowels go at the end.
local sounds = {
  { "^kn", "n" }, { "^wr", "r" }, { "^ps", "s" }, { "^x", "j" }, { "^ll", "y" }, { "^h", "" },
  { "tch", "C" }, { "sch", "S" }, { "ch", "C" }, { "sh", "S" }, { "ph", "f" }, { "th", "t" }, { "gh", "" }, { "ck", "k" },
  { "dg", "j" }, { "gn", "n" }, { "cz", "s" }, { "ts", "s" }, { "tz", "s" },
  { "qu", "k" }, { "gu([ei])", "G%1" }, { "c([ei])", "s%1" }, { "g([ei])", "j%1" },
  { "x", "ks" }, { "w", "" }, { "h", "" }, { "[cq]", "k" }, { "[vb]", "b" }, { "z", "s" },
}

--- The consonants of a word as one hears them, first letter included; nil for what is too short to say anything or not in
--- Latin letters.
function names.sound(word)
  if not word:match("^%l+$") then return nil end
  local text = word:gsub("(%l)%1", "%1")
  if word:match("^ll") then text = "l" .. text end -- the doubled one at the start is another sound
  for _, rule in ipairs(sounds) do text = text:gsub(rule[1], rule[2]) end
  local first = text:sub(1, 1):upper():gsub("[AEIOUY]", { A = "A", E = "A", I = "A", O = "A", U = "A", Y = "Y" })
  text = first .. text:sub(2):gsub("[aeiouy]", ""):upper()
  text = text:gsub("(%u)%1+", "%1"):sub(1, 12)
  return #text >= 2 and text or nil
end

-- ---- dates and phone numbers ------------------------------------------------------------------------------------------------------

--- 1944-03-02 as 1944-02-03, when that is a date; nil when it is none or the same.
function names.swapped(dob)
  local year, month, day = tostring(dob):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if not year or month == day or tonumber(day) > 12 then return nil end
  return year .. "-" .. day .. "-" .. month
end

--- The last seven figures, nil when there are fewer.
function names.phone(text)
  if type(text) ~= "string" then return nil end
  local figures = text:sub(1, 100):gsub("%D", "")
  if #figures < 7 then return nil end
  return figures:sub(-7)
end

-- ---- keys -------------------------------------------------------------------------------------------------------------------------

-- Adds each text once.
local function adder(list, limit)
  local known = {}
  return function(text)
    if known[text] or #list >= limit or #text > 120 then return end
    known[text] = true
    list[#list + 1] = text
  end
end

-- The texts that a word of at least three letters and its slips share.
local function slips(word, add)
  local letters = letters_of(word)
  local length = math.min(#letters, slip_letters)
  if #letters < 3 then return end
  add("x:" .. table.concat(letters, "", 1, length))
  for gone = 1, length do
    add("x:" .. table.concat(letters, "", 1, gone - 1) .. table.concat(letters, "", gone + 1, length))
  end
end

local function significant(words)
  local list = {}
  for _, word in ipairs(words) do if not particles[word] then list[#list + 1] = word end end
  return #list > 0 and list or words
end

-- From the most telling to the least, so that a long name loses what matters least.
local function add_strong(words, add)
  for _, word in ipairs(significant(words)) do add("n:" .. word) end
  for _, one in ipairs(joined(words)) do add("a:" .. one[3]) end
  for _, word in ipairs(significant(words)) do
    for _, group in ipairs(groups[word] or {}) do add("g:" .. group) end
  end
end

local function add_sounds(words, add)
  for _, word in ipairs(significant(words)) do
    local sound = names.sound(word)
    if sound then add("p:" .. sound) end
  end
end

local function add_parts(words, add)
  for _, word in ipairs(significant(words)) do
    local length = utf8.len(word)
    if length >= 3 then
      add("b:" .. part(word, 1, 3))
      if length >= 4 then add("b:" .. part(word, 1, 4)) end
      if length >= 5 then add("e:" .. part(word, -3, -1)) end
    end
  end
end

local function all_words(body)
  local words = names.words(body.name)
  local others = names.words(body.also_known_as)
  return words, others
end

--- The keys of a client's document. body: name, also_known_as?, dob?, phone?, phone_safe?
function names.keys(body)
  local list = {}
  local add = adder(list, most_keys)
  local words, others = all_words(body)
  if type(body.dob) == "string" and body.dob:match("^%d%d%d%d%-%d%d%-%d%d$") then add("d:" .. body.dob) end
  for _, phone in ipairs { body.phone or false, body.phone_safe or false } do
    local figures = names.phone(phone)
    if figures then add("t:" .. figures) end
  end
  for _, some in ipairs { words, others } do add_strong(some, add) end
  for _, some in ipairs { words, others } do add_sounds(some, add) end
  for _, some in ipairs { words, others } do add_parts(some, add) end
  for _, some in ipairs { words, others } do
    for _, word in ipairs(significant(some)) do slips(word, add) end
  end
  return list
end

--- The keys to look for: a list of lists, each with wider keys than the one before; the later ones are for when that found too
--- little: what was typed as it is, or a nickname of it; with slips, or as it sounds; what begins or ends like it. query: name?, dob?,
--- phone?
function names.queries(query)
  local words = names.words(query.name)
  local exact, nearly, wide = {}, {}, {}
  local add = adder(exact, most_keys)
  if type(query.dob) == "string" then
    add("d:" .. query.dob)
    local swapped = names.swapped(query.dob)
    if swapped then add("d:" .. swapped) end
  end
  local figures = names.phone(query.phone)
  if figures then add("t:" .. figures) end
  add_strong(words, add)
  for _, one in ipairs(joined(words)) do add("n:" .. one[3]) end
  for _, word in ipairs(significant(words)) do
    add("a:" .. word)
    if utf8.len(word) >= 3 then add("b:" .. part(word, 1, 4)) end
  end
  add = adder(nearly, most_keys)
  add_sounds(words, add)
  for _, word in ipairs(significant(words)) do slips(word, add) end
  add = adder(wide, most_keys)
  add_strong(words, add)
  add_parts(words, add)
  add_sounds(words, add)
  return { exact, nearly, wide }
end

-- ---- how well a name fits -------------------------------------------------------------------------------------------------------

-- The letters of a word as numbers.
local function codes_of(word)
  if not word:find("[\x80-\xFF]") then return { word:byte(1, -1) } end
  return { utf8.codepoint(word, 1, -1) }
end

--- How many slips (a letter changed, left out, added, or two neighbours changed about) lie between two words; nil when more than
--- `most`.
function names.slips_between(a, b, most)
  if a == b then return 0 end
  local left, right = codes_of(a), codes_of(b)
  local n, m = #left, #right
  if n - m > most or m - n > most then return nil end
  local before, last = nil, {}
  for column = 0, m do last[column] = column end
  for line = 1, n do
    local row = { [0] = line }
    local least, letter, above = line, left[line], line > 1 and left[line - 1]
    for column = 1, m do
      local value = last[column - 1]
      if letter ~= right[column] then
        if last[column] < value then value = last[column] end
        if row[column - 1] < value then value = row[column - 1] end
        value = value + 1
        if above and column > 1 and letter == right[column - 1] and above == right[column] and before[column - 2] < value then
          value = before[column - 2] + 1
        end
      end
      row[column] = value
      if value < least then least = value end
    end
    if least > most then return nil end
    before, last = last, row
  end
  return last[m] <= most and last[m] or nil
end

-- How many slips a word of this many letters may have and still be that word.
local function allowed(length)
  if length < 3 then return 0 elseif length < 6 then return 1 end
  return 2
end

local function one_group(a, b)
  local mine, theirs = groups[a], groups[b]
  if not mine or not theirs then return false end
  for _, group in ipairs(mine) do
    for _, other in ipairs(theirs) do if group == other then return true end end
  end
  return false
end

--- How well a word that was typed fits a word of a name: 0 to 1, and why: "same", "nickname", "begins", "typo", "sound", "initial".
function names.fit(typed, word)
  if typed == word then return 1, "same" end
  if one_group(typed, word) then return 0.9, "nickname" end
  local length = utf8.len(typed)
  if length >= 2 and word:sub(1, #typed) == typed then return 0.8 + 0.1 * length / utf8.len(word), "begins" end
  if length == 1 then
    if part(word, 1, 1) == typed then return 0.5, "initial" end
    return 0
  end
  if utf8.len(word) == 1 then
    if part(typed, 1, 1) == word then return 0.5, "initial" end
    return 0
  end
  local slipped = names.slips_between(typed, word, allowed(math.min(length, utf8.len(word))))
  if slipped == 1 then return 0.82, "typo" end
  local sound = names.sound(typed)
  local sounds_alike = sound and length >= 4 and sound == names.sound(word)
  if slipped then return sounds_alike and 0.75 or 0.66, sounds_alike and "sound" or "typo" end
  if sounds_alike and names.slips_between(typed, word, 4) then return 0.68, "sound" end
  -- The beginning of a word with a slip in it, while somebody still types.
  if length >= 5 and utf8.len(word) > length and names.slips_between(typed, part(word, 1, length), 1) then return 0.62, "typo" end
  return 0
end

-- The units of a name: its words that say something, and neighbours written as one, with what they cover; what each word counts for,
-- and all of them together.
local function units_of(words)
  local units, place, count = {}, {}, 0
  local all_particles = true
  for _, word in ipairs(words) do all_particles = all_particles and particles[word] or false end
  for index, word in ipairs(words) do
    if not particles[word] or all_particles then
      units[#units + 1] = { text = word, covers = { index } }
      place[index] = weak[word] and 0.5 or 1
      count = count + place[index]
    end
  end
  for _, one in ipairs(joined(words)) do
    local covers = {}
    for index = one[1], one[2] do covers[#covers + 1] = index end
    units[#units + 1] = { text = one[3], covers = covers, joined = true }
  end
  return units, place, count
end

local function free(taken, covers)
  for _, index in ipairs(covers) do if taken[index] then return false end end
  return true
end

-- Of two units of names: the same as of two words, but what is written as one has to be nearly the same: an ending is no surname.
local function fit_units(a, b)
  if not a.joined and not b.joined then return names.fit(a.text, b.text) end
  if a.joined and b.joined or math.abs(#a.text - #b.text) > 2 then return 0 end
  if a.text == b.text then return 1, "same" end
  if #a.text >= 6 and names.slips_between(a.text, b.text, 1) then return 0.82, "typo" end
  return 0
end

local function first_of_pair(x, y)
  if x.weight ~= y.weight then return x.weight > y.weight end
  if x.a.covers[1] ~= y.a.covers[1] then return x.a.covers[1] < y.a.covers[1] end
  if x.b.covers[1] ~= y.b.covers[1] then return x.b.covers[1] < y.b.covers[1] end
  return x.a.text .. " " .. x.b.text < y.a.text .. " " .. y.b.text
end

--- A function that says how well names (their words) fit a typed one (its words): 0 to 1; and what fits only nearly: a list of
--- {typed, word, why}. Every typed word counts, whatever the order; words of the name that were not typed cost almost nothing.
--- It remembers pairs of words, since the same ones come again and again: one for each search.
function names.scorer(typed)
  local mine, wanted, wanted_count = units_of(typed)
  local known = {}
  for index = 1, #mine do known[index] = { fit = {}, why = {} } end

  local function remembered(index, b)
    local a, memory, key = mine[index], known[index], b.joined and "+" .. b.text or b.text
    local fit = memory.fit[key]
    if not fit then
      fit, memory.why[key] = fit_units(a, b)
      memory.fit[key] = fit
    end
    return fit, memory.why[key]
  end

  return function(words)
    if #typed == 0 or #words == 0 then return 0, {} end
    local theirs, there, there_count = units_of(words)
    local fits = {}
    for index, a in ipairs(mine) do
      for _, b in ipairs(theirs) do
        local fit, why = remembered(index, b)
        if fit > 0 then fits[#fits + 1] = { fit = fit, weight = fit * math.max(#a.covers, #b.covers), why = why, a = a, b = b } end
      end
    end
    if #fits > 1 then table.sort(fits, first_of_pair) end -- the best first; equal ones in a fixed order
    local taken, used, sum, nearly, left = {}, {}, 0, {}, there_count
    for _, one in ipairs(fits) do
      if free(taken, one.a.covers) and free(used, one.b.covers) then
        local counted = 0
        for _, index in ipairs(one.a.covers) do
          taken[index] = true
          counted = counted + (wanted[index] or 0)
        end
        for _, index in ipairs(one.b.covers) do
          used[index] = true
          left = left - (there[index] or 0)
        end
        sum = sum + one.fit * counted
        if one.why ~= "same" then nearly[#nearly + 1] = { one.a.text, one.b.text, one.why } end
      end
    end
    return math.max(0, sum / wanted_count - 0.01 * math.min(left, 5)), nearly
  end
end

--- The same for one name.
function names.score(typed, words) return names.scorer(typed)(words) end

--- Dates of birth: 1 the same, 0.9 month and day changed about, 0.5 one of year, month and day differs; and why.
function names.compare_dob(a, b)
  if type(a) ~= "string" or type(b) ~= "string" then return nil end
  if a == b then return 1, "same" end
  if names.swapped(a) == b then return 0.9, "swapped" end
  local same = 0
  for _, pattern in ipairs { "^%d+", "%-(%d+)%-", "%d+$" } do
    if a:match(pattern) == b:match(pattern) then same = same + 1 end
  end
  if same == 2 then return 0.5, "near" end
  return 0
end

return names
