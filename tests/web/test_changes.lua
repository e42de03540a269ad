-- How answers change while others change them too and while the form changes, and what is kept of them: model/changes.lua and
-- model/keeping.lua over documents in memory. The engine is played by a few lines that know four questions.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
host = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/fake_host.lua")
local clock, asked, sent = 1000, {}, nil
function host.now() return clock end
function host.today() return "2026-11-28" end
function host.rules() return { hash = table.concat(asked, " ") } end
function host.programs() return { programs = {} } end
function host.form()
  local items = {}
  for index, id in ipairs(asked) do items[index] = { id = id, type = "text", text = id .. "?" } end
  return { instruments = {}, sections = { { section = "s", title = "S", items = items } } }
end
local function judged(answers)
  local known, problems = {}, {}
  for _, id in ipairs(asked) do known[id] = true end
  for id, value in pairs(answers) do
    if not known[id] then problems[#problems + 1] = { path = "answers." .. id, code = "unknown-item", message = "there is no item " .. id }
    elseif value == "old" then problems[#problems + 1] = { path = "answers." .. id, code = "unknown-word", message = "not a word" } end
  end
  if #problems > 0 then return nil, "unacceptable", problems end
  return { determinations = {}, as_of = "2026-11-28" }
end
function host.screen(call) return judged(call.answers) end
function host.keep(call)
  local result, reason, problems = judged(call.answers)
  if not result then return nil, reason, problems end
  sent, result.id, result.revision = call.answers, "assessment", 1
  return result
end

require "lib.cache"
local cases = require "model.cases"
local changes = require "model.changes"
local keeping = require "model.keeping"
local screening = require "model.screening"

local tests = {}
local function by(user) return { user = { id = user, roles = { worker = true } } } end

local function new(answers)
  asked = { "name", "rent", "work", "gone" }
  return assert(cases.create(by "ann", "client", { answers = answers }))
end

function tests.a_question_that_is_gone_is_no_error()
  local case = new { name = "Rosa", gone = "5" }
  asked = { "name", "rent", "work" }
  assert(next(screening.refused(case, assert(screening.of(case)))) == nil, "nobody could put it right")
  local changed = assert(changes.apply(by "ann", case.id, { version = 1, answers = { rent = "900" } }))
  assert(changed.body.answers.gone == nil and not changed.body.rejected and changed.body.retired.gone == "5")
  asked = { "name", "rent", "work", "gone" }
  changed = assert(changes.apply(by "ann", case.id, { version = changed.version, answers = { work = "none" } }))
  assert(changed.body.answers.gone == "5" and not changed.body.retired, "asked again, answered already")
end

function tests.what_was_kept_before_the_form_changed_can_be_kept_again()
  local case = new { name = "Rosa", gone = "5", work = "old" }
  asked = { "name", "rent", "work" }
  local refused = screening.refused(case, assert(screening.of(case)))
  assert(refused.work.code == "unknown-word" and not refused.gone)
  local kept, why = keeping.keep(by "ann", case)
  assert(kept, why)
  assert(sent.name == "Rosa" and sent.gone == nil and sent.work == nil)
end

function tests.what_was_decided_is_what_was_seen()
  local case = new { name = "Rosa" }
  local ann = assert(changes.apply(by "ann", case.id, { version = 1, answers = { rent = "900" } }))
  local _, reason, items, late = changes.apply(by "bob", case.id, { version = 1, answers = { rent = "950" } })
  assert(reason == "conflict" and items[1] == "rent")
  clock = clock + 1
  assert(changes.apply(by "ann", case.id, { version = late.version, answers = { rent = "990" } }))
  local decided = { version = late.version, answers = { rent = "950" }, decided = true } -- of a page that showed 900 and 950
  _, reason = changes.apply(by "bob", case.id, decided)
  assert(reason == "conflict", "somebody answered since")
  local now = cases.get(case.id)
  assert(now.body.answers.rent == "990" and now.body.conflicts.rent and ann.version < now.version)
  decided.version = now.version
  assert(changes.apply(by "bob", case.id, decided))
  now = cases.get(case.id)
  assert(now.body.answers.rent == "950" and not now.body.conflicts)
end

helper.run(tests)
