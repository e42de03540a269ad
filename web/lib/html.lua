-- HTML that is built, never pasted: text and attribute values are escaped when they are written, names are checked.
-- h.div{ class = "usa-card", h.p{ "text" }, list_of_nodes, shown and h.b{ "x" } }; h.render(node) gives the text.

local h = {}

local node = {}
local trusted = {}

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }
local function escape(text) return (text:gsub("[&<>\"']", escapes)) end

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

local function write_attributes(out, attributes)
  local names = {}
  for name in pairs(attributes) do
    if type(name) == "string" and attributes[name] then names[#names + 1] = name end
  end
  table.sort(names) -- the same bytes each time
  for _, name in ipairs(names) do
    assert(name:match("^%a[%w_:-]*$") and not name:match("^[oO][nN]") and name:lower() ~= "style",
      "not an attribute that a page may have: " .. name)
    local value = attributes[name]
    if value == true then
      out[#out + 1] = " " .. name
    else
      value = tostring(value)
      if addresses[name:lower()] then value = address(value) end
      out[#out + 1] = " " .. name .. '="' .. escape(value) .. '"'
    end
  end
end

local write

local function write_children(out, list)
  local last = 0
  for index in pairs(list) do
    if math.type(index) == "integer" and index > last then last = index end
  end
  for index = 1, last do write(out, list[index]) end
end

function write(out, value)
  local kind = type(value)
  if kind == "string" then
    out[#out + 1] = escape(value)
  elseif kind == "number" then
    out[#out + 1] = tostring(value)
  elseif kind == "table" then
    local meta = getmetatable(value)
    if meta == trusted then
      out[#out + 1] = value.text
    elseif meta == node then
      out[#out + 1] = "<" .. value.name
      write_attributes(out, value.content)
      out[#out + 1] = ">"
      if void[value.name] then return end
      write_children(out, value.content)
      out[#out + 1] = "</" .. value.name .. ">"
    else
      write_children(out, value)
    end
  elseif value then
    error("cannot be shown in a page: a " .. kind)
  end
end

--- An element: name, and a table with children (1, 2, ...) and attributes. Children: texts, numbers, elements, lists of these,
--- nil and false (nothing). Attributes: true (bare), false and nil (left out), else their text.
function h.element(name, content)
  assert(name:match("^%a[%w-]*$") and name ~= "script" and name ~= "style", "not an element that a page may have: " .. name)
  if type(content) ~= "table" or getmetatable(content) then content = { content } end
  return setmetatable({ name = name, content = content }, node)
end

--- HTML that the engine itself wrote and escaped, such as a program's sheet. Never anything that a person typed.
function h.trusted(text) return setmetatable({ text = text }, trusted) end

--- The page's own script, from its own site.
function h.script_file(path)
  assert(path:match("^/assets/[%w._-]+$"), "not a file of the app's own: " .. path)
  return h.trusted('<script src="' .. path .. '" defer></script>')
end

--- A node as text. document: with the doctype.
function h.render(value, document)
  local out = { document and "<!doctype html>\n" or nil }
  write(out, value)
  return table.concat(out)
end

return setmetatable(h, { __index = function(_, name)
  return function(content) return h.element(name, content == nil and {} or content) end
end })
