-- For the tests of web/lib: its files by `require "lib.x"` as the engine gives them, a request, and a reader of the HTML that html.lua
-- writes. The reader is strict: a text that got out of its place shows as an element or attribute that nobody asked for.

local helper = {}
local source = assert(os.getenv("SOURCE_DIR"), "SOURCE_DIR is not set")

local loaded = {}
function require(name)
  if loaded[name] == nil then
    assert(name:match("^[%w_.]+$"), "not a name of a file in web/: " .. name)
    loaded[name] = assert(loadfile(source .. "/web/" .. name:gsub("%.", "/") .. ".lua"))() or true
  end
  return loaded[name]
end

function helper.request(changes)
  local request = {
    language = "en", dir = "ltr", path = "/clients", csrf = "the-token", form = {}, form_all = {},
    user = { name = "ana", full_name = "Ana", roles = { worker = true } },
    t = function(text, values)
      return (text:gsub("{(%w+)}", function(name) return values and values[name] and tostring(values[name]) end))
    end,
  }
  request.tn = function(count, one, many) return request.t(count == 1 and one or many, { count = count }) end
  for key, value in pairs(changes or {}) do request[key] = value end
  return request
end

local entities = { ["&amp;"] = "&", ["&lt;"] = "<", ["&gt;"] = ">", ["&quot;"] = '"', ["&#39;"] = "'" }
local function decode(text)
  assert(not text:find("[<>]"), "a bare < or > in a text: " .. text)
  return (text:gsub("&[^;%s]*;?", function(entity) return assert(entities[entity], "not an entity: " .. entity) end))
end

local void = {}
for name in ("area base br col embed hr img input link meta source track wbr"):gmatch("%a+") do void[name] = true end

--- Reads HTML: { elements = list of { name=, attributes=, text= (its own and its children's) }, text = all of it }.
function helper.read(html)
  html = html:gsub("^<!doctype html>\n", "")
  local elements, open, all, at = {}, {}, {}, 1
  local function add_text(text)
    all[#all + 1] = text
    for _, element in ipairs(open) do element.text = element.text .. text end
  end
  while at <= #html do
    local text = html:match("^[^<]+", at)
    if text then
      add_text(decode(text))
      at = at + #text
    elseif html:sub(at, at + 1) == "</" then
      local name, after = html:match("^</([%w-]+)>()", at)
      local last = table.remove(open)
      assert(last and last.name == name, "closed, but not open: " .. tostring(name))
      at = after
    else
      local name, after = html:match("^<([%a][%w-]*)()", at)
      assert(name, "a < that begins nothing: " .. html:sub(at, at + 40))
      local element = { name = name, attributes = {}, text = "" }
      at = after
      while html:sub(at, at) == " " do
        local key, next_at = html:match("^ ([%a][%w_:-]*)()", at)
        assert(key and not element.attributes[key], "not an attribute, or twice: " .. html:sub(at, at + 40))
        at = next_at
        local value, value_after = html:match('^="([^"]*)"()', at)
        element.attributes[key] = value and decode(value) or true
        at = value_after or at
      end
      assert(html:sub(at, at) == ">", "a tag that does not end: " .. html:sub(at, at + 40))
      at = at + 1
      elements[#elements + 1] = element
      if not void[name] then open[#open + 1] = element end
    end
  end
  assert(#open == 0, "not closed: " .. (open[1] and open[1].name or ""))
  return { elements = elements, text = table.concat(all) }
end

--- The first element that the function says true of; fails if there is none.
function helper.find(page, accepts, what)
  for _, element in ipairs(page.elements) do
    if accepts(element) then return element end
  end
  error("there is no " .. (what or "such element"), 2)
end
function helper.by_id(page, id) return helper.find(page, function(e) return e.attributes.id == id end, "#" .. id) end

function helper.equal(got, expected, what)
  if got ~= expected then
    error((what or "value") .. ": got " .. tostring(got) .. ", expected " .. tostring(expected), 2)
  end
end

--- True if the function fails, with a message that has the pattern.
function helper.fails(pattern, f, ...)
  local good, message = pcall(f, ...)
  assert(not good, "it should have failed: " .. pattern)
  assert(tostring(message):find(pattern), "failed for another reason: " .. tostring(message))
end

--- Runs a table of tests in the order of their names and ends the program.
function helper.run(tests)
  local names, bad = {}, 0
  for name in pairs(tests) do names[#names + 1] = name end
  table.sort(names)
  assert(#names > 0, "there are no tests")
  for _, name in ipairs(names) do
    local good, message = xpcall(tests[name], debug.traceback)
    if not good then
      bad = bad + 1
      io.stderr:write("FAILED ", name, "\n", message, "\n")
    end
  end
  print(#names - bad .. " passed, " .. bad .. " failed")
  os.exit(bad == 0)
end

return helper
