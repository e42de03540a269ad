-- HTML that is built, never pasted: text and attribute values are escaped when they are written, names are checked.
-- h.div{ class = "usa-card", h.p{ "text" }, list_of_nodes, shown and h.b{ "x" } }; h.render(node) gives the text.

local h = {}

local node = {}
local trusted = {}

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }
local function escape(text)
  if not text:find("[&<>\"']") then return text end
  return (text:gsub("[&<>\"']", escapes))
end

local void = {}
for name in ("area base br col embed hr img input link meta source track wbr"):gmatch("%a+") do void[name] = true end
-- What must not be written through an attribute, and what holds an address.
local addresses = { href = true, action = true, src = true, formaction = true }

local function address(value)
  local text = value:gsub("[%z\1-\32]", "")
  local scheme = text:match("^([^/?#]-):")
  if scheme and not ({ http = true, https = true, mailto = true, tel = true })[scheme:lower()] then return "#" end
  return value
end

-- What stands before the value of an attribute: of names that were looked at and may be written.
local before = setmetatable({}, { __index = function(known, name)
  assert(name:match("^%a[%w_:-]*$") and not name:match("^[oO][nN]") and name:lower() ~= "style",
    "not an attribute that a page may have: " .. name)
  known[name] = " " .. name .. '="'
  return known[name]
end })

-- The names of attributes in the order in which they are written, the same each time. Elements have few different sets of them.
local orders, order_count = {}, 0
local function in_order(names, count)
  if count == 1 then return names end
  local key = table.concat(names, " ", 1, count)
  local order = orders[key]
  if not order then
    order = names
    table.sort(order)
    if order_count == 2000 then orders, order_count = {}, 0 end
    orders[key], order_count = order, order_count + 1
  end
  return order
end

-- Writes from out[at + 1] on, and gives where it ended; so do the others below.
local function write_attributes(out, at, content, names, count)
  local order = in_order(names, count)
  for index = 1, count do
    local name = order[index]
    local start, value = before[name], content[name]
    if value == true then
      at = at + 1
      out[at] = start:sub(1, -3)
    else
      value = tostring(value)
      if addresses[name] or addresses[name:lower()] then value = address(value) end
      out[at + 1], out[at + 2], out[at + 3] = start, escape(value), '"'
      at = at + 3
    end
  end
  return at
end

local integer = math.type
local write

-- The list part of a table: where it ends, holes and all; and the names of its attributes that are there.
local function parts_of(content)
  local last, names, count = 0, nil, 0
  for key, value in next, content do
    if integer(key) == "integer" then
      if key > last then last = key end
    elseif value and type(key) == "string" then
      names = names or {}
      count = count + 1
      names[count] = key
    end
  end
  return last, names, count
end

local function write_element(out, at, name, content)
  local last, names, count = parts_of(content)
  out[at + 1], out[at + 2] = "<", name
  at = at + 2
  if names then at = write_attributes(out, at, content, names, count) end
  at = at + 1
  out[at] = ">"
  if void[name] then return at end
  for index = 1, last do at = write(out, at, content[index]) end
  out[at + 1], out[at + 2], out[at + 3] = "</", name, ">"
  return at + 3
end

function write(out, at, value)
  local kind = type(value)
  if kind == "string" then
    out[at + 1] = escape(value)
    return at + 1
  elseif kind == "number" then
    out[at + 1] = tostring(value)
    return at + 1
  elseif kind == "table" then
    local meta = getmetatable(value)
    if meta == trusted then
      out[at + 1] = value.text
      return at + 1
    elseif meta == node then
      return write_element(out, at, value.name, value.content)
    end
    local last = parts_of(value)
    for index = 1, last do at = write(out, at, value[index]) end
    return at
  elseif value then
    error("cannot be shown in a page: a " .. kind)
  end
  return at
end

-- Names of elements that were looked at.
local elements = {}

--- An element: name, and a table with children (1, 2, ...) and attributes. Children: texts, numbers, elements, lists of these,
--- nil and false (nothing). Attributes: true (bare), false and nil (left out), else their text.
function h.element(name, content)
  if not elements[name] then
    assert(name:match("^%a[%w-]*$") and name ~= "script" and name ~= "style", "not an element that a page may have: " .. name)
    elements[name] = true
  end
  if type(content) ~= "table" or getmetatable(content) then content = { content } end
  return setmetatable({ name = name, content = content }, node)
end

--- HTML that the engine itself wrote and escaped, such as a program's sheet. Never anything that a person typed.
function h.trusted(text) return setmetatable({ text = text }, trusted) end

--- An element that is written now, to be put into many pages.
function h.written(value) return h.trusted(h.render(value)) end

--- The page's own script, from its own site.
function h.script_file(path)
  assert(path:match("^/assets/[%w._-]+$"), "not a file of the app's own: " .. path)
  return h.trusted('<script src="' .. path .. '" defer></script>')
end

--- A node as text. document: with the doctype.
function h.render(value, document)
  local out = { document and "<!doctype html>\n" or "" }
  return table.concat(out, "", 1, write(out, 1, value))
end

return setmetatable(h, { __index = function(table_of_elements, name)
  local function make(content) return h.element(name, content == nil and {} or content) end
  rawset(table_of_elements, name, make)
  return make
end })
