-- What would change a result, in sentences: of the engine's single changes of one answer (host.what_if). Changes to the same words of
-- several questions are told once. Nobody is told to answer otherwise than is true.

local h = require "lib.html"
local explain = require "view.explain"
local outcome = require "model.outcome"
local ui = require "lib.ui"

local what_if = {}

-- Values are compared as text.
local function text_of(value)
  if type(value) == "table" then return host.json.encode(value) end
  return tostring(value)
end

-- { item, kind, status, to = {values}, from }: the changes of one item to one status, together.
local function by_item(changes)
  local list, known = {}, {}
  for _, change in ipairs(changes) do
    local key = change.item .. " " .. change.kind .. " " .. change.status
    local entry = known[key]
    if not entry then
      entry = { item = change.item, kind = change.kind, status = change.status, from = change.from, to = {} }
      known[key], list[#list + 1] = entry, entry
    end
    entry.to[#entry.to + 1] = change.to
  end
  return list
end

-- Those of several items that are the same but for the item, together.
local function together(entries)
  local list, known = {}, {}
  for _, entry in ipairs(entries) do
    local values = {}
    for index, value in ipairs(entry.to) do values[index] = text_of(value) end
    local item = explain.item(entry.item)
    local words = {}
    for index, option in ipairs(item and item.options or {}) do words[index] = option.id .. "=" .. option.text end
    local key = table.concat({ entry.kind, entry.status, table.concat(values, ","), table.concat(words, ",") }, " ")
    local group = known[key]
    if not group then
      group = { kind = entry.kind, status = entry.status, to = entry.to, items = {} }
      known[key], list[#list + 1] = group, group
    end
    group.items[#group.items + 1] = { id = entry.item, from = entry.from, item = item }
  end
  return list
end

local function value_words(request, item, kind, values)
  local t, words = request.t, {}
  for index, value in ipairs(values) do
    words[index] = { index > 1 and (index == #values and { " ", t("or"), " " } or ", ") or false,
      h.b{ explain.value(request, item, value) } }
  end
  if kind == "at_least" then return t("at least"), words end
  if kind == "at_most" then return t("at most"), words end
  return false, words
end

local function now_words(request, entry)
  local t = request.t
  if entry.from == nil then return h.span{ class = "usa-hint", " (", t("not answered"), ")" } end
  return h.span{ class = "usa-hint", " (", t("now:"), " ", explain.value(request, entry.item, entry.from), ")" }
end

local function question(request, case_id, entry)
  local href = explain.link(case_id, entry.id)
  local text = explain.question(request, entry.id, entry.item)
  return href and h.a{ href = href, text } or h.span{ text }
end

local function sentence(request, case_id, group)
  local t = request.t
  local how, words = value_words(request, group.items[1].item, group.kind, group.to)
  local change = { how and { how, " " }, words }
  local tag = ui.status(request, group.status)
  if #group.items == 1 then
    local entry = group.items[1]
    return h.li{ class = "ask-change", tag, h.div{ question(request, case_id, entry), " ", h.span{ class = "ask-change__to", change },
      now_words(request, entry) } }
  end
  local list = {}
  for index, entry in ipairs(group.items) do list[index] = h.li{ question(request, case_id, entry), now_words(request, entry) } end
  return h.li{ class = "ask-change", tag, h.div{ t("One of these:"), " ", h.span{ class = "ask-change__to", change },
    h.ul{ list } } }
end

--- The sentences of what host.what_if gave: those that help, and those that would take something away (folded).
function what_if.show(request, case_id, result)
  local t, better, worse = request.t, {}, {}
  local now = outcome.worth(result.status)
  for _, group in ipairs(together(by_item(result.changes))) do
    local to = outcome.worth(group.status)
    table.insert(to > now and better or worse, { rank = to, node = sentence(request, case_id, group) })
  end
  local function nodes(list)
    -- The sort keeps the engine's order among equals.
    for index, entry in ipairs(list) do entry.order = index end
    table.sort(list, function(a, b)
      if a.rank ~= b.rank then return a.rank > b.rank end
      return a.order < b.order
    end)
    local made = {}
    for index, entry in ipairs(list) do made[index] = entry.node end
    return h.ul{ class = "ask-changes", made }
  end
  local fine = result.status == "likely"
  return {
    #better > 0 and { h.p{ class = "usa-hint",
      t("One answer that would change it, all others staying as they are. Answers have to stay true.") }, nodes(better) },
    #better == 0 and h.p{ class = "usa-hint", fine and t("Nothing would make it better: it is likely.")
      or t("No change of one answer alone would make it better.") },
    #worse > 0 and ui.details(request, { summary = fine and t("What would make it less likely")
      or t("What would not help"), nodes(worse) }),
  }
end

return what_if
