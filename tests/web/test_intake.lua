-- The way from page to page of an intake, and who is told what: model/intake.lua on views made by hand.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
host = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/fake_host.lua")
function host.rules() return { hash = "1" } end
function host.form() return { sections = {} } end
function host.programs() return { programs = {} } end
local intake = require "model.intake"

local tests = {}

local function item(id) return { item = { id = id } } end

-- Two sections, a private topic of three steps, of which `hidden` are not asked.
local function view(hidden)
  local topic = { id = "private-x", number = 3, topic = "x", steps = {
    { entries = { item "one" } }, { entries = { item "two" } }, { entries = { item "three" } } } }
  local first, second = { id = "a", number = 1, entries = {} }, { id = "b", number = 2, entries = {} }
  local v = { hidden = {}, waits = {}, refused = {}, body = { answers = {} }, state_by_id = {},
    states = { { page = first }, { page = second }, { page = topic } } }
  for _, id in ipairs(hidden or {}) do v.hidden[id] = true end
  return v, first, second, topic
end

local function place(one) return one and one.page.id .. (one.step or "") or "end" end
local function around(v, page, step)
  local before, after = intake.around(v, page, step)
  return place(before) .. " " .. place(after)
end

function tests.from_page_to_page()
  local v, first, second, topic = view()
  assert(around(v, first) == "end b" and around(v, second) == "a private-x1")
  assert(around(v, topic, 1) == "b private-x2" and around(v, topic, 3) == "private-x2 end")
  v, first, second, topic = view { "two" }
  assert(around(v, topic, 1) == "b private-x3" and around(v, topic, 3) == "private-x1 end")
  assert(around(v, second) == "a private-x1" and around(v, first) == "end b")
end

function tests.from_what_is_not_asked_any_more()
  local v, _, second, topic = view { "two" }
  assert(around(v, topic, 2) == "private-x1 private-x3", "somebody's answer took this step away: the next one comes")
  table.remove(v.states, 2)
  assert(around(v, second) == "a private-x1")
  assert(around(v, { id = "last", number = 9 }) == "private-x3 end")
end

function tests.a_nurse_is_told_of_her_programs()
  local section = { role = "nurse" }
  local page = { id = "n", role = "nurse", section = section, entries = { item "stable" } }
  local v = { made = { pages = { page }, readers = { stable = { { program = "care" } } }, programs = { care = {}, other = {} } },
    result = { determinations = { { program = "other", status = "need_info" }, { program = "care", status = "need_info" } } } }
  local before = { other = "likely", care = "likely" }
  v.user = { roles = { nurse = true } }
  local moved, need = intake.moved(v, before)
  assert(#moved == 1 and moved[1].program == "care" and need == 1)
  v.user = { roles = { worker = true } }
  moved, need = intake.moved(v, before)
  assert(#moved == 2 and need == 2)
end

helper.run(tests)
