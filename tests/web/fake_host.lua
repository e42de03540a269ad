-- What the pages' models ask of the engine, in memory, for tests that need no server: folding of Latin letters, documents with keys
-- and the store's limits. Not a test itself.

local folded = {}
for letter, plain in pairs {
  ["áàâäãåā"] = "a", ["ÁÀÂÄÃÅĀ"] = "a", ["éèêëē"] = "e", ["ÉÈÊËĒ"] = "e", ["íìîïī"] = "i", ["ÍÌÎÏ"] = "i",
  ["óòôöõō"] = "o", ["ÓÒÔÖÕ"] = "o", ["úùûüū"] = "u", ["ÚÙÛÜ"] = "u", ["ñ"] = "n", ["Ñ"] = "n", ["ç"] = "c", ["Ç"] = "c",
  ["ß"] = "ss", ["łŁ"] = "ł", ["БВ"] = "б",
} do
  for _, code in utf8.codes(letter) do folded[utf8.char(code)] = plain end
end

local host = { json = {} }

--- As host.fold: "" for what is not UTF-8.
function host.fold(text)
  if not utf8.len(text) then return "" end
  return (text:gsub("[%z\1-\127\xC2-\xFD][\x80-\xBF]*", function(letter)
    if letter:match("^\xCC") or letter:match("^\xCD[\x80-\xAF]") then return "" end -- combining marks
    return folded[letter] or letter:lower()
  end))
end

function host.json.array(list) return list end

local kinds, next_id = {}, 0

function host.id()
  next_id = next_id + 1
  return string.format("019470f0-0000-7000-8000-%012x", next_id)
end

function host.random() return ("0123456789abcdef"):rep(4) end

host.documents = {}

local function copy(value)
  if type(value) ~= "table" then return value end
  local made = {}
  for key, entry in pairs(value) do made[key] = copy(entry) end
  return made
end

function host.documents.get(kind, id)
  local found = kinds[kind] and kinds[kind][id]
  if not found then return nil, "not-found" end
  return { id = id, version = found.version, at = 1, body = copy(found.body) }
end

function host.documents.put(document)
  kinds[document.kind] = kinds[document.kind] or {}
  local there = kinds[document.kind][document.id]
  if document.expected ~= (there and there.version or 0) then return nil, "conflict" end
  local keys = {}
  local unique = document.unique or {}
  assert(#document.keys + #unique <= 64, "more keys than the store takes")
  for _, key in ipairs(document.keys) do
    assert(#key >= 1 and #key <= 120 and utf8.len(key), "not a key: " .. key)
    keys[key] = true
  end
  for _, key in ipairs(unique) do
    for id, other in pairs(kinds[document.kind]) do
      if id ~= document.id and other.keys[key] then return nil, "conflict" end
    end
    keys[key] = true
  end
  kinds[document.kind][document.id] = { version = document.expected + 1, body = copy(document.body), keys = keys }
  return document.expected + 1
end

function host.documents.find(query)
  local found = {}
  assert(not query.keys or #query.keys <= 64, "more keys than the store takes")
  for id, document in pairs(kinds[query.kind] or {}) do
    local matches = 0
    for _, key in ipairs(query.keys or {}) do if document.keys[key] then matches = matches + 1 end end
    if matches > 0 or not query.keys then
      found[#found + 1] = { id = id, version = document.version, at = 1, body = copy(document.body), matches = matches }
    end
  end
  table.sort(found, function(a, b)
    if a.matches ~= b.matches then return a.matches > b.matches end
    return a.id > b.id
  end)
  return table.move(found, 1, math.min(#found, query.limit or 50), 1, {})
end

function host.clear() kinds = {} end

return host
