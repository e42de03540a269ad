-- Names, dates of birth and phone numbers as a search takes them apart: words, how they sound, what is compared of a number. Pure: text in,
-- text out; only host.fold is asked. What is made of them: model/name_keys.lua (what a client is found by), model/name_fit.lua (how well
-- somebody fits).

local names = {}

local longest_word, most_words = 40, 12

--- Words between names that many people share, and that are often left out. They make no keys of their own and count for nothing.
local particles = {}
for word in ("de del la las el los y e da das dos di von der den des du bint mc st mr mrs ms miss dr sr sra srta jr iii ii viuda "
  .. "vda"):gmatch("%a+") do particles[word] = true end
names.particles = particles

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

--- Letters of a word; negative places count from the end.
function names.part(word, from, to)
  local length = utf8.len(word)
  if from < 0 then from = length + from + 1 end
  if to < 0 then to = length + to + 1 end
  to = math.min(to, length)
  if from > to then return "" end
  return word:sub(utf8.offset(word, from), utf8.offset(word, to + 1) - 1)
end

--- Two or three words that somebody writes as one: Mary Ann, De la Cruz. { {from, to, text} }
function names.joined(words)
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

return names
