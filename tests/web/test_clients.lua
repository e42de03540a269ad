-- Finding clients, writing them, and who may be there already: model/clients.lua over documents in memory.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
host = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/fake_host.lua")
local clients = require "model.clients"

local tests = {}
local request = { user = { id = "u1" }, now = 1000, today = "2026-11-28" }

local function add(fields)
  local client, reason = clients.create(request, fields)
  assert(client, reason)
  return client
end

local function first(query)
  local found = assert(clients.search(query))
  return found[1] and found[1].client.body.name, found[1] and found[1].why, #found
end

local function people()
  add{ name = "María Núñez Ortega", dob = "1944-03-02", phone = "212-555-0142" }
  add{ name = "William Smith", dob = "1980-07-04", phone_safe = "(718) 555-0199" }
  add{ name = "Guadalupe Hernández", dob = "1990-12-11", phone = "718 555 0199" }
  add{ name = "José Rodríguez", also_known_as = "Joey Roads", dob = "1975-01-09" }
  add{ name = "John Jones" }
end

function tests.finds()
  people()
  assert(first{ name = "nunez maria" } == "María Núñez Ortega")
  assert(first{ name = "Bill Smyth" } == "William Smith")
  assert(first{ name = "lupe" } == "Guadalupe Hernández")
  assert(first{ name = "Pepe Rodrigues" } == "José Rodríguez")
  local name, why = first{ name = "Roads" }
  assert(name == "José Rodríguez" and why[1].what == "other-name")
  assert(first{ dob = "1944-03-02" } == "María Núñez Ortega")
  name, why = first{ dob = "1975-09-01" }
  assert(name == "José Rodríguez" and why[1].what == "dob-swapped")
  local _, _, count = first{ phone = "+1 (718) 555-0199" }
  assert(count == 2, "two people may share a phone")
  assert(first{ name = "Hern" } == "Guadalupe Hernández")
  assert(first{ name = "Wilhelmina Xu" } == nil)
  assert(first{} == nil and first{ name = "" } == nil and first{ name = "'" } == nil)
end

function tests.best_first()
  add{ name = "Ana García", dob = "1960-05-05" }
  local right = add{ name = "Ana García", dob = "1970-05-05" }
  add{ name = "Anna Garcia Lopez", dob = "1981-01-01" }
  local found = assert(clients.search{ name = "Ana Garcia", dob = "1970-05-05" })
  assert(#found == 3 and found[1].client.id == right.id)
  assert(found[1].score > found[2].score)
end

function tests.limits()
  for index = 1, 30 do add{ name = "Ana García", dob = string.format("1960-05-%02d", index) } end
  local found, more = assert(clients.search{ name = "Ana Garcia", limit = 20 })
  assert(#found == 20 and more == 10)
end

function tests.one_field_for_all()
  assert(clients.read_text(" 3/2/1944 ").dob == "1944-03-02" and clients.read_text("1944-3-2").dob == "1944-03-02")
  assert(clients.read_text("13/2/1944").dob == "1944-02-13")
  assert(clients.read_text("(212) 555-0142").phone == "(212) 555-0142" and clients.read_text("Ana 2").name == "Ana 2")
  assert(next(clients.read_text("  ")) == nil and next(clients.read_text(nil)) == nil)
end

local function codes(fields)
  local wrong, list = clients.check(fields, "2026-11-28"), {}
  for _, one in ipairs(wrong) do list[#list + 1] = one.field .. " " .. one.code end
  return table.concat(list, ", ")
end

function tests.checks()
  assert(codes{ name = "Ana" } == "")
  assert(codes{ name = "  " } == "name missing" and codes{ name = "--" } == "name no-letters")
  assert(codes{ name = ("é"):rep(200) } == "" and codes{ name = ("é"):rep(201) } == "name long" and codes{ name = "\xFF" } == "name long")
  for _, dob in ipairs { "2027-01-01", "1899-12-31", "2001-02-29", "2001-13-01", "2001-04-31", "x" } do
    assert(codes{ name = "Ana", dob = dob } == "dob no-day", dob)
  end
  assert(codes{ name = "Ana", dob = "2000-02-29" } == "" and codes{ name = "Ana", dob = "2026-11-28" } == "")
  assert(codes{ name = "Ana", phone = "123", phone_safe = "call 2125550142", address_zip = "1002" } ==
    "phone no-phone, phone_safe no-phone, address_zip no-zip")
  local _, clean = clients.check({ name = " Ana\n\tMaria ", also_known_as = "", junk = "x" }, "2026-11-28")
  assert(clean.name == "Ana Maria" and clean.also_known_as == nil and clean.junk == nil)
end

function tests.sent_twice_is_one()
  local mark = ("0123456789abcdef"):rep(2)
  local one = assert(clients.create(request, { name = "Ana" }, mark))
  assert(clients.of_mark(request, mark).id == one.id)
  assert(assert(clients.create(request, { name = "Ana" }, mark)).id == one.id)
  assert(#assert(clients.search{ name = "Ana" }) == 1)
  local other = { user = { id = "u2" }, now = 1000, today = "2026-11-28" }
  assert(clients.of_mark(other, mark) == nil)
  local client, reason = clients.create(other, { name = "Ana" }, mark)
  assert(client == nil and reason == "conflict", "a mark is one person's")
  for _, wrong in ipairs { "", "x", mark .. "0", ("g"):rep(32), "n:ana" } do
    assert(clients.of_mark(request, wrong) == nil)
    assert(assert(clients.create(request, { name = "Eva" }, wrong)).id ~= one.id)
  end
  assert(clients.mark():match("^%x+$") and #clients.mark() == 32)
end

function tests.changing()
  local client = add{ name = "Ana Lopez", dob = "1970-05-05" }
  local changed = assert(clients.change({ user = { id = "u2" }, now = 2000, today = "2026-11-28" }, client, { name = "Ana Perez" }))
  assert(changed.body.dob == nil and changed.body.created_by == "u1" and changed.body.changed_by == "u2")
  assert(first{ name = "Perez" } == "Ana Perez" and first{ name = "Lopez" } == nil and first{ dob = "1970-05-05" } == nil)
  local _, reason = clients.change(request, client, { name = "Ana Gil" })
  assert(reason == "conflict", "the version is not the latest any more")
  local _, why, wrong = clients.change(request, changed, { name = "" })
  assert(why == "unacceptable" and wrong[1].field == "name")
end

function tests.duplicates()
  people()
  local function count(fields, except) return #assert(clients.duplicates(fields, except)) end
  assert(count{ name = "Maria Nunez", dob = "1944-03-02" } == 1)
  assert(count{ name = "Maria Nunez", dob = "1944-02-03" } == 1, "month and day changed about")
  assert(count{ name = "María Núñez Ortega Ruiz", dob = "1944-03-02" } == 1, "the longer name typed")
  assert(count{ name = "Bill Smith", dob = "1980-07-04" } == 1)
  assert(count{ name = "John Jones", dob = "1950-01-01" } == 1, "nothing speaks against it")
  add{ name = "Jessica María Torres Núñez" }
  assert(count{ name = "Maria Nunez", dob = "1988-10-20" } == 0, "another person of that name")
  assert(count{ name = "Pedro Hernández", phone = "718-555-0199" } == 0, "a relative with the same phone")
  assert(count{ name = "Lupe Hernandez", phone = "718-555-0199" } == 1)
  local ana = add{ name = "Ana Ruiz", dob = "1999-09-09" }
  assert(count({ name = "Ana Ruiz", dob = "1999-09-09" }, ana.id) == 0, "nobody is their own duplicate")
end

for name, test in pairs(tests) do
  tests[name] = function()
    host.clear()
    test()
  end
end
helper.run(tests)
