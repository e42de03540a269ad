-- Answers as people read them: "Yes", "$1,450", "March 2, 1944", "I don't know". Nodes, in the language of the request.

local h = require "lib.html"

local answer_text = {}

local function option(request, field, word)
  for _, entry in ipairs(field.options or {}) do
    if entry.id == word then return request.form_text(entry.text or entry.id) end
  end
  return h.bdi{ tostring(word) }
end

local function joined(list)
  local nodes = {}
  for index, node in ipairs(list) do
    if index > 1 then nodes[#nodes + 1] = ", " end
    nodes[#nodes + 1] = node
  end
  return nodes
end

local text

-- One entry of a list: its fields that say something.
local function entry_text(request, field, entry)
  local parts = {}
  for _, one in ipairs(field.fields) do
    local value = entry[one.id]
    if value ~= nil and one.text then
      if one.type == "bool" then
        if value == true then parts[#parts + 1] = { request.form_text(one.text), " ", request.t("Yes") } end
      elseif one.type == "list" then
        if #value > 0 then parts[#parts + 1] = { request.form_text(one.text), " ", text(request, one, value) } end
      else
        parts[#parts + 1] = text(request, one, value)
      end
    end
  end
  return #parts > 0 and joined(parts) or request.t("nothing said")
end

--- field: of the form (or of a list); value: as the API takes it, nil: nothing.
function answer_text.of(request, field, value)
  local t = request.t
  if value == nil then return nil end
  if type(value) == "table" and value.absent then
    return value.absent == "declined" and t("Prefer not to say") or t("I don't know")
  end
  if field.type == "bool" then return value and t("Yes") or t("No") end
  if field.type == "money" and type(value) == "number" then return request.money(value) end
  if field.type == "date" then return request.date(value) end
  if field.type == "choice" then return option(request, field, value) end
  if field.type == "choices" and type(value) == "table" then
    local list = {}
    for index, word in ipairs(value) do list[index] = option(request, field, word) end
    return #list > 0 and joined(list) or t("None of these")
  end
  if field.type == "list" and type(value) == "table" then
    if #value == 0 then return t("None") end
    local items = {}
    for index, entry in ipairs(value) do items[index] = h.li{ entry_text(request, field, entry) } end
    return h.ul{ class = "usa-list", items }
  end
  return h.bdi{ tostring(value) }
end
text = answer_text.of

return answer_text
