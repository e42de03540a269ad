-- Names as a search compares them: model/names.lua, name_keys.lua, name_fit.lua.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
host = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/fake_host.lua")
local name_fit = require "model.name_fit"
local name_keys = require "model.name_keys"
local names = require "model.names"

local tests = {}

local function score(typed, name) return (name_fit.score(names.words(typed), names.words(name))) end

local function expect(typed, name, least, most)
  local got = score(typed, name)
  assert(got >= least and got <= (most or 1), string.format("%s for %s: %.3f", typed, name, got))
end

function tests.words_are_folded()
  assert(table.concat(names.words("  María-José  O’Brien, Núñez "), " ") == "maria jose obrien nunez")
  assert(table.concat(names.words("D'Angelo"), " ") == "dangelo")
  assert(#names.words("") == 0 and #names.words("-- . '") == 0 and #names.words(nil) == 0)
end

function tests.accents_and_order()
  expect("nunez", "Núñez", 1)
  expect("Garcia Maria", "María García", 1)
  expect("GARCÍA, MARÍA", "Maria Garcia", 1)
end

function tests.surnames()
  expect("Maria Garcia", "María García López", 0.98)
  expect("Maria Lopez", "María García López", 0.98)
  expect("Maria Garcia Lopez", "María García", 0.6, 0.7)
  expect("Garcia-Lopez", "Maria García López", 0.98)
  expect("Juan de la Cruz", "Juan Delacruz", 0.98)
  expect("Delacruz", "Juan De La Cruz", 0.98)
  expect("Mary Ann Lee", "Maryann Lee", 0.98)
  expect("Maryann Lee", "Mary Ann Lee", 0.98)
end

function tests.particles_and_names_that_look_like_them()
  expect("Al Hassan", "Hassan", 0.6, 0.8)
  expect("Hassan", "Al-Hassan", 0.98)
  expect("Alhassan", "Al-Hassan", 0.98)
  expect("Ben Smith", "Benjamin Smith", 0.9)
  assert(score("Ben Smith", "Ben Smith") > score("Ben Smith", "Mary Smith") + 0.2)
  expect("Rosa", "Ana De La Rosa", 0.98)
  expect("Mr John Smith Jr", "John Smith", 1)
end

function tests.nicknames()
  expect("Bill Smith", "William Smith", 0.9, 0.99)
  expect("Pepe Ruiz", "José Ruiz", 0.9, 0.99)
  expect("Lupe", "Guadalupe Hernández", 0.85)
  expect("Chuy", "Jesús Ortega", 0.85)
  expect("Guillermo Smith", "Bill Smith", 0.9)
  expect("Pat", "Patricia Hall", 0.85)
  expect("Pat", "Patrick Hall", 0.85)
end

function tests.slips()
  expect("Gonzlaez", "Ana González", 0.75)
  expect("Rodrigues", "Rodríguez", 0.8)
  expect("Hrenandes", "Hernández", 0.6) -- two
  expect("Smyth", "Smith", 0.8)
  expect("Ximenez", "Jiménez", 0.75)
  expect("Bazquez", "Vásquez", 0.7)
  expect("Ernandez", "Hernández", 0.8)
  expect("Llanes", "Yanes", 0.6)
  assert(name_fit.slips_between("maria", "mraia", 2) == 1, "two neighbours changed about are one slip")
  assert(name_fit.slips_between("abcdef", "badcfe", 2) == nil)
  assert(name_fit.slips_between("", "ab", 2) == 2 and name_fit.slips_between("abc", "abc", 0) == 0)
end

function tests.while_typing()
  expect("Gonz", "Ana González", 0.8)
  expect("Ana Go", "Ana González", 0.85)
  expect("A Gonzalez", "Ana González", 0.7)
end

function tests.other_people()
  expect("Maria Lopez", "María Pérez", 0, 0.54)
  expect("John Smith", "Mary Jones", 0, 0.3)
  expect("Hernandez Fernandez", "Maria Hernandez", 0, 0.6)
  expect("Lee", "Leibowitz", 0, 0.54 + 0.4) -- begins with it at most
  expect("de la", "Smith", 0, 0)
  assert(score("Ana", "Eva") < 0.55 and score("Kim", "Tim") < 0.9)
  assert(score("Maria Garcia", "Maria Garcia") > score("Maria Garcia", "Maria Garcia Lopez"))
  assert(score("Maria Garcia", "Maria Garcia Lopez") > score("Maria Garcia", "Mario Garcia"))
end

function tests.sounds()
  for _, pair in ipairs { { "gonzalez", "gonsales" }, { "hernandez", "ernandes" }, { "jimenez", "ximenez" }, { "llanes", "yanes" },
    { "phillips", "filips" }, { "catherine", "kathryn" }, { "vasquez", "bazques" }, { "knight", "night" }, { "wright", "right" },
    { "xavier", "javier" }, { "schwartz", "shwarz" } } do
    local a, b = names.sound(pair[1]), names.sound(pair[2])
    assert(a and a == b, pair[1] .. " " .. tostring(a) .. ", " .. pair[2] .. " " .. tostring(b))
  end
  assert(names.sound("smith") ~= names.sound("jones"))
  assert(names.sound("") == nil and names.sound("王") == nil and names.sound("lee") == nil)
end

function tests.dates()
  assert(name_fit.compare_dob("1944-03-02", "1944-03-02") == 1)
  local score_of, why = name_fit.compare_dob("1944-03-02", "1944-02-03")
  assert(score_of == 0.9 and why == "swapped")
  assert(select(2, name_fit.compare_dob("1944-03-02", "1945-03-02")) == "near")
  assert(name_fit.compare_dob("1944-03-02", "1981-11-30") == 0 and name_fit.compare_dob(nil, "1944-03-02") == nil)
  assert(names.swapped("1944-03-13") == nil and names.swapped("1944-03-03") == nil and names.swapped("1944-13-03") == "1944-03-13")
end

function tests.phones()
  for _, text in ipairs { "212-555-0142", "(212) 555 0142", "+1 212 555 0142", "5550142" } do assert(names.phone(text) == "5550142") end
  assert(names.phone("555-014") == nil and names.phone("") == nil and names.phone(nil) == nil)
end

local function set(list)
  local known = {}
  for _, key in ipairs(list) do known[key] = true end
  return known
end

function tests.keys_meet()
  local function meets(query, body)
    local keys = set(name_keys.of(body))
    for _, list in ipairs(name_keys.queries(query)) do
      for _, key in ipairs(list) do if keys[key] then return true end end
    end
    return false
  end
  local body = { name = "María Guadalupe Núñez-Hernández", dob = "1944-03-02", phone = "(212) 555-0142" }
  for _, name in ipairs { "nunez", "lupe", "maria", "hern", "ernandez", "hernadez", "hrenandez", "nuñez hernandez", "nunezhernandez",
    "mraia", "Ma Guadalupe", "guadalup", "guadaluoe", "Guadaupe" } do
    assert(meets({ name = name }, body), name)
  end
  assert(meets({ dob = "1944-02-03" }, body) and meets({ phone = "1-212-555-0142" }, body))
  assert(not meets({ name = "Smith" }, body) and not meets({ dob = "1950-01-01" }, body) and not meets({}, body))
end

-- Every single slip in a word leaves a text in common with the word.
function tests.every_single_slip_is_found()
  local function check(word, slipped)
    if slipped == word or #slipped < 3 then return end
    local keys = set(name_keys.of { name = word })
    for _, list in ipairs(name_keys.queries { name = slipped }) do
      for _, key in ipairs(list) do if keys[key] then return end end
    end
    error(slipped .. " does not find " .. word)
  end
  for _, word in ipairs { "gonzalez", "maria", "smith", "kim", "hernandez", "wojciechowski", "aguilar" } do
    for at = 1, #word do
      check(word, word:sub(1, at - 1) .. word:sub(at + 1))
      check(word, word:sub(1, at - 1) .. "q" .. word:sub(at + 1))
      check(word, word:sub(1, at - 1) .. "q" .. word:sub(at))
      if at < #word then check(word, word:sub(1, at - 1) .. word:sub(at + 1, at + 1) .. word:sub(at, at) .. word:sub(at + 2)) end
    end
  end
end

-- Whatever is typed: no error, the store's limits, figures between 0 and 1.
function tests.hostile_texts()
  local texts = { "", " ", "'", "%", "%a+", "[", "^$", "\0", "a\0b", ("x"):rep(5000), ("é"):rep(3000), ("a "):rep(3000), ("😀"):rep(500),
    "\xFF\xFE", "\xC3", "a\xCC\x81", ("\xCC\x81"):rep(400), "<script>alert(1)</script>", "' or 1=1 --", "../../etc/passwd", "王小明", "مريم",
    "Ω", "\u{202E}evil", "\u{FEFF}", "𝔐aria", "n:garcia", "-", "1", "0142", ("de "):rep(20), ("y"):rep(39), "d:1944-03-02" }
  for _, text in ipairs(texts) do
    local keys = name_keys.of { name = text, also_known_as = text, dob = text, phone = text, phone_safe = text }
    assert(#keys <= 64)
    for _, key in ipairs(keys) do assert(#key >= 1 and #key <= 120 and utf8.len(key), text) end
    local queries = name_keys.queries { name = text, dob = "1944-03-02", phone = text }
    for _, list in ipairs(queries) do
      assert(#list <= 64)
      for _, key in ipairs(list) do assert(#key >= 1 and #key <= 120 and utf8.len(key), text) end
    end
    for _, other in ipairs(texts) do
      local one = score(text, other)
      assert(one >= 0 and one <= 1)
    end
    name_fit.compare_dob(text, "1944-03-02")
  end
end

helper.run(tests)
