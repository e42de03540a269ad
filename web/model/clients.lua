-- The clients: who they are, so that a case can be about somebody. Finding one, also by a name that was heard or typed wrong;
-- whether a new one may be there already; writing.
--
-- A client is the document { id, version, at, body }; body: { name, also_known_as?, dob?, phone?, phone_safe?, language?,
-- address_zip?, created_by, created_at, changed_by?, changed_at? }. Two people may share an address or a phone.

local days = require "lib.days"
local name_fit = require "model.name_fit"
local name_keys = require "model.name_keys"
local names = require "model.names"
local rules = require "lib.rules"

local clients = {}

-- How many documents a search looks at closely, and how good a name has to be to be shown.
local most_candidates, worth_showing, enough_good, most_duplicates = 200, 0.55, 5, 5
-- Texts and their greatest length in letters.
local texts = { name = 200, also_known_as = 200, phone = 40, phone_safe = 40, language = 20, address_zip = 10 }
local order = { "name", "also_known_as", "dob", "phone", "phone_safe", "language", "address_zip" }

-- ---- one client ---------------------------------------------------------------------------------------------------------------

--- nil, "not-found" | "away"
function clients.get(id)
  if type(id) ~= "string" then return nil, "not-found" end
  return host.documents.get("client", id)
end

--- Whether a person may add and change clients, and take their cases.
function clients.may_write(user) return (user.roles.worker or user.roles.supervisor) == true end

-- ---- what may be written ---------------------------------------------------------------------------------------------------------

--- Whether a text is a day that was.
function clients.is_day(text, today) return days.is_day(text) and text >= "1900" and text <= today end

-- One line, without what cannot be seen.
local function tidy(text)
  if type(text) ~= "string" then return nil end
  text = text:gsub("[%z\1-\31\127]", " "):gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  return text ~= "" and text or nil
end

--- What is wrong with the fields: a list of { field =, code = "missing" | "long" | "no-letters" | "no-day" | "no-phone" | "no-zip" }.
--- Gives the fields as they would be written too.
function clients.check(fields, today)
  local wrong, clean = {}, {}
  local function complain(field, code) wrong[#wrong + 1] = { field = field, code = code } end
  for _, field in ipairs(order) do
    local value = tidy(fields[field])
    local limit = texts[field]
    if value and limit and (utf8.len(value) or math.huge) > limit then
      complain(field, "long")
    elseif field == "name" and not value then
      complain(field, "missing")
    elseif field == "name" and #names.words(value) == 0 then
      complain(field, "no-letters")
    elseif field == "dob" and value and not clients.is_day(value, today) then
      complain(field, "no-day")
    elseif (field == "phone" or field == "phone_safe") and value and
      (not names.phone(value) or not value:match("^[%d%s()+./#x-]+$")) then
      complain(field, "no-phone")
    elseif field == "address_zip" and value and not value:match("^%d%d%d%d%d$") then
      complain(field, "no-zip")
    elseif value then
      clean[field] = value
    end
  end
  return wrong, clean
end

--- A mark for a form that adds a client: sending the same form twice makes one client.
function clients.mark() return host.random():sub(1, 32) end

local function key_of_mark(mark)
  return type(mark) == "string" and #mark == 32 and mark:match("^%x+$") and "form:" .. mark or nil
end

--- The client that this person added with the form of this mark, or nil.
function clients.of_mark(request, mark)
  local key = key_of_mark(mark)
  local found = key and host.documents.find{ kind = "client", keys = host.json.array{ key }, limit = 1 }
  if found and found[1] and found[1].body.created_by == request.user.id then return found[1] end
end

--- Adds a client. fields as in the body; mark: the form's, or nil. The client; nil, "unacceptable", list as of clients.check; nil,
--- reason.
function clients.create(request, fields, mark)
  local wrong, body = clients.check(fields, request.today)
  if #wrong > 0 then return nil, "unacceptable", wrong end
  local id, key = host.id(), key_of_mark(mark)
  body.created_by, body.created_at = request.user.id, request.now
  local version, reason = host.documents.put{ kind = "client", id = id, expected = 0, body = body,
    keys = host.json.array(name_keys.of(body)), unique = host.json.array{ key } }
  if version then return { id = id, version = version, at = request.now, body = body } end
  local there = reason == "conflict" and clients.of_mark(request, mark)
  if there then return there end
  return nil, reason
end

--- Replaces what is known of a client, if its version is still the latest: client.version is the one that the form was made from.
function clients.change(request, client, fields)
  local wrong, body = clients.check(fields, request.today)
  if #wrong > 0 then return nil, "unacceptable", wrong end
  body.created_by, body.created_at = client.body.created_by, client.body.created_at
  body.changed_by, body.changed_at = request.user.id, request.now
  local version, reason = host.documents.put{ kind = "client", id = client.id, expected = client.version, body = body,
    keys = host.json.array(name_keys.of(body)) }
  if not version then return nil, reason end
  return { id = client.id, version = version, at = request.now, body = body }
end

-- ---- a new case ------------------------------------------------------------------------------------------------------------------

local function has_option(item, id)
  for _, option in ipairs(item.options or {}) do if option.id == id then return true end end
  return false
end

--- Answers for a new case: what is known already is not asked again, where the form has the question.
function clients.known_answers(client)
  local form, body, answers = rules.form(), client.body, {}
  local items = form and form.items or {}
  local phone = body.phone_safe
  if items.legal_name and (utf8.len(body.name) or math.huge) <= (tonumber(items.legal_name.max_length) or 200) then
    answers.legal_name = body.name
  end
  if items.dob then answers.dob = body.dob end
  if items.phone_safe and phone and #phone <= 20 and phone:match("^[%d+() .-]+$") then answers.phone_safe = phone end
  if items.language_pref and body.language and has_option(items.language_pref, body.language) then
    answers.language_pref = body.language
  end
  if items.residence_zip then answers.residence_zip = body.address_zip end
  return answers
end

-- ---- finding ----------------------------------------------------------------------------------------------------------------------

--- What somebody typed into one field: a name, or a date of birth (3/2/1944, 1944-03-02), or a phone number.
function clients.read_text(text)
  text = tidy(text)
  if not text then return {} end
  local month, day, year = text:match("^(%d%d?)[/.-](%d%d?)[/.-](%d%d%d%d)$")
  if not month then year, month, day = text:match("^(%d%d%d%d)-(%d%d?)-(%d%d?)$") end
  if month then
    if tonumber(month) > 12 then month, day = day, month end
    return { dob = string.format("%s-%02d-%02d", year, tonumber(month), tonumber(day)) }
  end
  if not text:match("[%a\x80-\xFF]") and names.phone(text) then return { phone = text } end
  return { name = text }
end

-- How well one document fits, and why: a list of { what =, ... }.
local function judge(query, fits, document)
  local body, why = document.body, {}
  local name_score
  if fits then
    local nearly, other
    name_score, nearly = fits(names.words(body.name))
    if body.also_known_as then
      local score, close = fits(names.words(body.also_known_as))
      if score > name_score then name_score, nearly, other = score, close, true end
    end
    if name_score >= worth_showing then
      local kind = "name"
      for _, one in ipairs(nearly) do
        if one[3] == "typo" or one[3] == "sound" then kind = "like"
        elseif one[3] == "nickname" and kind == "name" then kind = "nickname" end
      end
      why[#why + 1] = { what = other and "other-name" or kind }
    end
  end
  local dob_score, dob_kind = name_fit.compare_dob(query.dob, body.dob)
  if dob_kind and (dob_kind ~= "near" or #why > 0) then why[#why + 1] = { what = "dob-" .. dob_kind } end
  local phone_score
  local wanted = names.phone(query.phone)
  if wanted then
    phone_score = (wanted == names.phone(body.phone) or wanted == names.phone(body.phone_safe)) and 1 or 0
    if phone_score == 1 then why[#why + 1] = { what = "phone" } end
  end
  if #why == 0 then return nil end
  -- Of what was asked: a name says most.
  local sum, weight = 0, 0
  for _, one in ipairs { { name_score, 3 }, { query.dob and (dob_score or 0.3), 2 }, { phone_score, 1.5 } } do
    if one[1] then sum, weight = sum + one[1] * one[2], weight + one[2] end
  end
  return sum / weight, why, { name = name_score, dob = dob_score, dob_kind = dob_kind, phone = phone_score }
end

local function better(a, b)
  if a.score ~= b.score then return a.score > b.score end
  if a.client.body.name ~= b.client.body.name then return a.client.body.name < b.client.body.name end
  return a.client.id < b.client.id
end

local function look(query, most)
  local words = names.words(query.name)
  local fits = #words > 0 and name_fit.scorer(words)
  local found, seen, good, cut = {}, {}, 0, false
  for _, keys in ipairs(name_keys.queries(query)) do
    if #keys > 0 and good < enough_good then
      local documents, reason = host.documents.find{ kind = "client", keys = host.json.array(keys), limit = most }
      if not documents then return nil, reason end
      cut = cut or #documents == most
      for _, document in ipairs(documents) do
        if not seen[document.id] then
          seen[document.id] = true
          local score, why, scores = judge(query, fits, document)
          if score then
            found[#found + 1] = { client = document, score = score, why = why, scores = scores }
            if score > 0.8 then good = good + 1 end
          end
        end
      end
    end
  end
  table.sort(found, better)
  return found, cut
end

--- Those who may be meant, best first: a list of { client, score (0 to 1), why }; how many more were looked at and fit; whether there
--- may be others still, because only so many are looked at. query:
--- name?, dob? ("YYYY-MM-DD"), phone?, limit? (20). why: a list of { what = "name", "nickname", "like", "other-name", "dob-same",
--- "dob-swapped", "dob-near" or "phone" }. nil, reason when the records cannot be reached.
function clients.search(query)
  local found, cut = look(query, most_candidates)
  if not found then return nil, cut end
  local limit = query.limit or 20
  local list = table.move(found, 1, math.min(limit, #found), 1, {})
  return list, #found - #list, cut
end

--- Those who may be the same person as the one that the fields describe, as of clients.search; except: an id that is not meant.
function clients.duplicates(fields, except)
  local words = names.words(fields.name)
  local found, reason = look({ name = fields.name, dob = fields.dob, phone = fields.phone or fields.phone_safe }, most_candidates)
  if not found then return nil, reason end
  local list = {}
  for _, one in ipairs(found) do
    local body, scores = one.client.body, one.scores
    -- Either may have the longer name.
    local one_way, other_way = scores.name or 0, (name_fit.score(names.words(body.name), words))
    local name, all_of_it = math.max(one_way, other_way), math.min(one_way, other_way) >= 0.6
    local known_dob = fields.dob ~= nil and body.dob ~= nil
    local same = scores.dob_kind == "same" or scores.dob_kind == "swapped"
    local alike = same and name >= worth_showing or scores.phone == 1 and name >= 0.75
      or not known_dob and name >= 0.93 and all_of_it or scores.dob_kind == "near" and name >= 0.9
    if alike and one.client.id ~= except and #list < most_duplicates then list[#list + 1] = one end
  end
  return list
end

return clients
