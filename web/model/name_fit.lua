-- How well a name that was typed fits one that is known, and a date of birth another: numbers from 0 to 1, and why.

local groups = require "model.nicknames"
local names = require "model.names"

local name_fit = {}

-- Words that are a particle (names.particles) for one person and a name for another: Al-Hassan and Al Brown. They count for half.
local weak = {}
for word in ("al ben bin ibn abu van don do san santa mac lo ter dona"):gmatch("%a+") do weak[word] = true end

-- The letters of a word as numbers.
local function codes_of(word)
  if not word:find("[\x80-\xFF]") then return { word:byte(1, -1) } end
  return { utf8.codepoint(word, 1, -1) }
end

--- How many slips (a letter changed, left out, added, or two neighbours changed about) lie between two words; nil when more than
--- `most`.
function name_fit.slips_between(a, b, most)
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
function name_fit.fit(typed, word)
  if typed == word then return 1, "same" end
  if one_group(typed, word) then return 0.9, "nickname" end
  local length = utf8.len(typed)
  if length >= 2 and word:sub(1, #typed) == typed then return 0.8 + 0.1 * length / utf8.len(word), "begins" end
  if length == 1 then
    if names.part(word, 1, 1) == typed then return 0.5, "initial" end
    return 0
  end
  if utf8.len(word) == 1 then
    if names.part(typed, 1, 1) == word then return 0.5, "initial" end
    return 0
  end
  local slipped = name_fit.slips_between(typed, word, allowed(math.min(length, utf8.len(word))))
  if slipped == 1 then return 0.82, "typo" end
  local sound = names.sound(typed)
  local sounds_alike = sound and length >= 4 and sound == names.sound(word)
  if slipped then return sounds_alike and 0.75 or 0.66, sounds_alike and "sound" or "typo" end
  if sounds_alike and name_fit.slips_between(typed, word, 4) then return 0.68, "sound" end
  -- The beginning of a word with a slip in it, while somebody still types.
  if length >= 5 and utf8.len(word) > length and name_fit.slips_between(typed, names.part(word, 1, length), 1) then return 0.62, "typo" end
  return 0
end

-- The units of a name: its words that say something, and neighbours written as one, with what they cover; what each word counts for,
-- and all of them together.
local function units_of(words)
  local units, place, count = {}, {}, 0
  local all_particles = true
  for _, word in ipairs(words) do all_particles = all_particles and names.particles[word] or false end
  for index, word in ipairs(words) do
    if not names.particles[word] or all_particles then
      units[#units + 1] = { text = word, covers = { index } }
      place[index] = weak[word] and 0.5 or 1
      count = count + place[index]
    end
  end
  for _, one in ipairs(names.joined(words)) do
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
  if not a.joined and not b.joined then return name_fit.fit(a.text, b.text) end
  if a.joined and b.joined or math.abs(#a.text - #b.text) > 2 then return 0 end
  if a.text == b.text then return 1, "same" end
  if #a.text >= 6 and name_fit.slips_between(a.text, b.text, 1) then return 0.82, "typo" end
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
function name_fit.scorer(typed)
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
function name_fit.score(typed, words) return name_fit.scorer(typed)(words) end

--- Dates of birth: 1 the same, 0.9 month and day changed about, 0.5 one of year, month and day differs; and why.
function name_fit.compare_dob(a, b)
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

return name_fit
