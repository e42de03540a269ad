-- What comes out of a result: the order of programs, deadlines, documents, why, when to look again (model/outcome.lua); and what a paper
-- that others may see is computed from (model/private.lua).
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
host = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/fake_host.lua")
host.json.null = setmetatable({}, { __name = "null" })
function host.rules() return { hash = "1" } end
function host.programs() return { programs = {} } end
function host.form()
  local options = { { id = "none", text = "No" }, { id = "reported", text = "Yes" } }
  return { form = "f", instruments = {}, sections = { { section = "s", title = "S", items = {
    { id = "hiv_status", type = "choice", labels = { "HIV" }, options = { { id = "negative_unknown", text = "-" }, { id = "hiv", text = "+" } } },
    { id = "mind", type = "choice", labels = { "PSY" }, options = options },
    { id = "body", type = "choice", options = options },
    { id = "aot", type = "bool", labels = { "PSY", "ETH" } },
    { id = "stays", type = "integer", labels = { "PSY" } },
    { id = "signs", type = "choices", labels = { "adverse_note" }, options = options },
    { id = "day", type = "date", labels = { "DVD" } },
    { id = "emergency_cause", type = "choice", labels = { "DVD" },
      options = { { id = "none", text = "-" }, { id = "fire", text = "A fire" }, { id = "dv", text = "Violence" } } },
    { id = "living_situation", type = "choice", options = { { id = "hra_dv_shelter", text = "-" } } },
    { id = "people", type = "list", fields = { { id = "age", type = "integer" }, { id = "status", type = "choice", labels = { "immigration" },
      options = { { id = "citizen", text = "-" }, { id = "lpr", text = "-" } } } } },
  } } } }
end
local outcome = require "model.outcome"
local private = require "model.private"

local tests = {}

local function program(id, status, fields)
  local made = { program = id, name = fields and fields.name or id, status = status, reasons = {}, documents = {}, missing = {} }
  for key, value in pairs(fields or {}) do made[key] = value end
  return made
end

local function names(list, field)
  local found = {}
  for index, entry in ipairs(list) do found[index] = entry[field or "program"] end
  return table.concat(found, " ")
end

function tests.most_urgent_first()
  local result = { determinations = {
    program("a", "unlikely", { level = { urgency = 1 } }), -- ruled out: not urgent
    program("b", "likely", { level = { urgency = 7 } }), program("c", "need_info"), program("d", "possible"),
    program("e", "need_info", { level = { urgency = 1 } }), program("f", "likely", { level = { urgency = 3 } }),
    program("g", "error"), program("h", "withheld"), program("i", "likely", { level = { urgency = 3 }, name = "A" }),
  } }
  assert(names(outcome.sorted(result)) == "e i f b d c a h g", names(outcome.sorted(result)))
  assert(result.determinations[1].program == "a", "the result itself is left as it is")
  local counts = outcome.counts(result)
  assert(counts.likely == 3 and counts.need_info == 2 and counts.error == 1)
  local worth = {}
  for index, status in ipairs { "likely", "possible", "need_info", "unlikely", "withheld", "error", "another" } do
    worth[index] = outcome.worth(status)
  end
  assert(table.concat(worth, " ") == "4 3 2 1 0 0 0")
end

function tests.each_document_once()
  local function document(text, needed, verified) return { text = text, needed = needed, verified = verified ~= false } end
  local list = outcome.documents {
    program("a", "likely", { documents = { document("Lease", true), document("Photo ID", true, false), document("Bills", nil) } }),
    program("b", "possible", { documents = { document("Photo ID", true), document("Bills", true) } }),
    program("c", "unlikely", { documents = { document("Tax return", true) } }),
    program("d", "likely", { documents = { document("Letter", nil) } }),
  }
  assert(names(list, "text") == "Photo ID Bills Lease Letter", names(list, "text"))
  assert(#list[1].programs == 2 and list[1].verified == false and list[2].needed and not list[4].needed)
end

function tests.deadlines()
  local list = outcome.deadlines {
    program("a", "likely", { level = { deadline = "2026-12-23", urgency = 6 } }),
    program("b", "need_info", { level = { deadline = "2026-11-30", urgency = 4 } }),
    program("c", "unlikely", { level = { deadline = "2026-11-24", urgency = 1 } }),
    program("d", "possible", { level = { urgency = 7 } }), program("e", "likely"),
  }
  assert(names(list) == "b a")
end

function tests.look_again()
  local result = { as_of = "2026-11-28", determinations = { program("a", "unlikely", { review = { months = 1 } }),
    program("b", "need_info", { review = { months = 1 } }), program("c", "possible", { review = { months = 1 } }), program("d", "likely") } }
  local list = outcome.due(result)
  assert(not list.a and not list.b and list.c == "2026-12-28" and not list.d)
end

function tests.why()
  local root = { kind = "all", value = true, children = {
    { kind = "rule", text = "is 18", value = true, children = {} },
    { kind = "any", text = "has a need", value = true, children = { { kind = "rule", text = "below", value = true, children = {} } } },
    { kind = "any", value = true, children = { { kind = "rule", text = "this one", value = true, children = {} },
      { kind = "rule", text = "not that one", value = false, children = {} } } } } }
  local kind, list = outcome.why(program("a", "likely", { criteria = root }))
  assert(kind == "met" and table.concat(list, "|") == "is 18|has a need|this one")
  local reasons = { { kind = "unmet", text = "u" }, { kind = "note", text = "n" }, { kind = "possible", text = "p" } }
  kind, list = outcome.why(program("a", "unlikely", { reasons = reasons }))
  assert(kind == "unmet" and list[1] == "u" and #list == 1)
  kind, list = outcome.why(program("a", "possible", { reasons = reasons }))
  assert(kind == "possible" and list[1] == "p")
  assert(outcome.why(program("a", "need_info")) == "missing")
end

function tests.private_answers_become_ordinary()
  local answers = { hiv_status = "hiv", mind = "reported", body = "reported", aot = true, stays = 4, signs = { "reported" },
    day = "2026-01-01", emergency_cause = "dv", living_situation = "hra_dv_shelter", people = { { age = 4, status = "lpr" } } }
  local made = assert(private.answers(answers, {}))
  assert(made.hiv_status == "negative_unknown" and made.mind == "none" and made.aot == false and made.stays == 0 and #made.signs == 0)
  assert(made.day == nil and made.emergency_cause == "none" and made.living_situation == "dhs_shelter")
  assert(made.people[1].status == "citizen" and made.people[1].age == 4 and made.body == "reported")
  assert(answers.hiv_status == "hiv" and answers.people[1].status == "lpr", "the answers themselves are left as they are")
  made = assert(private.answers(answers, { hiv = true }))
  assert(made.hiv_status == "hiv" and made.mind == "none")
  made = assert(private.answers(answers, { mental = true }))
  assert(made.mind == "reported" and made.aot == false, "with two labels both have to be ticked")
  made = assert(private.answers({ emergency_cause = "fire", hiv_status = { absent = "declined" } }, {}))
  assert(made.emergency_cause == "fire" and made.hiv_status.absent == "declined")
end

function tests.telling_words()
  assert(private.tells("People with HIV: a case manager", {}) == "hiv")
  assert(private.tells("Call the HASA ServiceLine.", {}) == "hiv" and not private.tells("Call the HASA ServiceLine.", { hiv = true }))
  assert(private.tells("Refer to APS intake", {}) == "notes")
  assert(private.tells("Drug and alcohol services (OASAS)", {}) == "drugs")
  for _, plain in ipairs { "SNAP", "Photo ID", "Ask 311 for PACE", "Apply in ACCESS HRA or call 718-557-1399.", "Proof of income",
    "Money each month to buy food." } do
    assert(not private.tells(plain, {}), plain)
  end
end

helper.run(tests)
