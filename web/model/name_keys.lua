-- What a client is found by: the keys of a client's document, and those that a search looks for. No document is read here.
--
-- Keys are short opaque texts, which the store compares as a whole:
--   n:garcia        a word of the name            a:hernandezgarcia  two words that are also written as one
--   g:william       stands for a group of first names (model/nicknames.lua)
--   p:KRS           how a word sounds, to an ear used to Spanish or English
--   b:gon, b:gonz   how a word begins             e:lez              how it ends
--   x:gonzal        the first seven letters less one: two words that differ by one slip share such a text
--   d:1944-03-02    date of birth                 t:5550142          the last seven figures of a phone number

local groups = require "model.nicknames"
local names = require "model.names"

local name_keys = {}

-- The store takes 64 keys of 120 bytes (host.documents); one is left for the mark of the form that added the client.
local most_keys = 63
-- Slips are looked for in this many letters at the start of a word; a slip after them leaves the beginning whole.
local slip_letters = 7

local function letters_of(word)
  local list = {}
  for _, code in utf8.codes(word) do list[#list + 1] = utf8.char(code) end
  return list
end

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
  for _, word in ipairs(words) do if not names.particles[word] then list[#list + 1] = word end end
  return #list > 0 and list or words
end

-- From the most telling to the least, so that a long name loses what matters least.
local function add_strong(words, add)
  for _, word in ipairs(significant(words)) do add("n:" .. word) end
  for _, one in ipairs(names.joined(words)) do add("a:" .. one[3]) end
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
      add("b:" .. names.part(word, 1, 3))
      if length >= 4 then add("b:" .. names.part(word, 1, 4)) end
      if length >= 5 then add("e:" .. names.part(word, -3, -1)) end
    end
  end
end

local function all_words(body)
  local words = names.words(body.name)
  local others = names.words(body.also_known_as)
  return words, others
end

--- The keys of a client's document. body: name, also_known_as?, dob?, phone?, phone_safe?
function name_keys.of(body)
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
function name_keys.queries(query)
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
  for _, one in ipairs(names.joined(words)) do add("n:" .. one[3]) end
  for _, word in ipairs(significant(words)) do
    add("a:" .. word)
    if utf8.len(word) >= 3 then add("b:" .. names.part(word, 1, 4)) end
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

return name_keys
