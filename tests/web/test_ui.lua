-- web/lib/ui.lua: hostile texts in every component; labels, descriptions and errors tied to their fields; what a field sends is what
-- ui.read reads.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
local h = require "lib.html"
local ui = require "lib.ui"
local equal = helper.equal
local tests = {}

local hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;&#60;b&#62; javascript:alert(1) \0</textarea></title>"
local address = "javascript:alert(1)"
local types = { "text", "textarea", "password", "email", "tel", "money", "integer", "decimal", "date", "bool", "choice", "choices" }

-- Elements of a page that nothing hostile can make; the script is the page's own.
local function inspect(node, document)
  local page = helper.read(h.render(node, document))
  local ids = {}
  for _, element in ipairs(page.elements) do
    local a = element.attributes
    assert(element.name ~= "img" and element.name ~= "b" or element.text:match("^%d+$"), "an element out of a text")
    if element.name == "script" then equal(a.src, "/assets/app-0.js") end
    for name, value in pairs(a) do
      assert(not name:match("^on") and name ~= "style", "an attribute out of a text: " .. name)
      if name == "href" or name == "action" or name == "src" then assert(not tostring(value):match("^%s*javascript"), value) end
    end
    if a.id then
      assert(not ids[a.id], "one id twice: " .. tostring(a.id))
      assert(not a.id:match("%s"), "an id with a space")
      ids[a.id] = element
    end
  end
  for _, element in ipairs(page.elements) do
    local a = element.attributes
    for _, name in ipairs{ "aria-describedby", "aria-labelledby", "for", "aria-controls" } do
      for id in (a[name] or ""):gmatch("%S+") do assert(ids[id], name .. " of nothing: " .. id) end
    end
    if a.href and a.href:match("^#i%-") then assert(not document or ids[a.href:sub(2)], "no drawing " .. a.href) end
  end
  page.ids = ids
  return page
end

local function fields(request, text, extra)
  local list = {}
  for index, type in ipairs(types) do
    local spec = { type = type, name = "f" .. index, item = "i" .. index, label = text, hint = text, why = text, seen = text, error = text,
      value = type == "choices" and { text } or type ~= "date" and text or { year = text, month = text, day = text }, unknown = true,
      decline = true, options = { { id = text, text = text, hint = text }, { id = "b", text = "B" } }, none = text, clear = true,
      optional = text, mark = ui.tag(request, text), unit = text, yes = text, no = text, child = true }
    for key, value in pairs(extra or {}) do spec[key] = value end
    list[index] = ui.field(request, spec)
  end
  list[#list + 1] = ui.field(request, { type = "choice", as = "select", name = "long", label = text, error = text, value = text, blank = text,
    unknown = true, options = { { id = text, text = text } } })
  return list
end

local function everything(request, text, link)
  local statuses, programs = { "likely", "possible", "unlikely", "need_info", "withheld", "error", text }, {}
  for index, status in ipairs(statuses) do
    programs[index] = { id = "p" .. index, name = text, status = status, missing = index, href = link, link = link }
  end
  local sections = {}
  for index, state in ipairs{ "not_started", "in_progress", "again", "done", "waiting", text } do
    sections[index] = { text = text, href = link, state = state, note = index > 4 and text, left = index, current = index == 2 }
  end
  return ui.page(request, {
    title = text, nav = "work", narrow = true, back = { href = link, text = text }, errors = { { field = "f1", message = text }, { message = text } },
    status = text, live = true, quick_exit = true, print = true, aside = text, wide = true,
    main = {
      ui.heading(request, { caption = text, text = text, lead = text, tags = ui.tag(request, text, "info") }),
      ui.columns(request, {
        sections = ui.sections(request, { items = sections, more = text }),
        main = ui.form(request, { action = link, save = link, version = text, previous = link, next = link, content = {
          fields(request, text),
          ui.grid(request, { legend = text, hint = text, unknown = true, decline = true, options = { { id = text, text = text } },
            rows = { { name = "g1", item = "g1", label = text, value = text, error = text, hint = text }, { name = "g2", label = text } } }),
          ui.item(request, { item = text, text }) },
          buttons = { ui.saved(request, text), ui.button(request, { text = text, name = text, value = text, describe = text }) } }),
        panel = ui.panel(request, { programs = programs,
          urgent = { text = text, urgency = 1, deadline = text, phone = text, href = link } }) }),
      ui.status(request, text), ui.urgency(request, 0), ui.urgency(request, 4),
      ui.alert(request, { kind = "warning", heading = text, text = text, text }),
      ui.cards(request, { ui.card(request, { heading = text, href = link, tags = text, foot = text, text }) }),
      ui.table(request, { caption = text, columns = { { text = text }, { text = text, number = true }, { text = text, hidden = true } },
        rows = { { text, text, ui.button(request, { text = text, href = link, kind = "outline" }) } } }),
      ui.table(request, { caption = text, columns = { { text = text } }, rows = {}, empty = text }),
      ui.summary_list(request, { { key = text, value = text, href = link, tags = text }, { key = text, change = text, href = link } }),
      ui.details(request, { summary = text, text }),
      ui.empty(request, { heading = text, text = text, action = text }),
      ui.figures(request, { { value = text, text = text, href = link }, { value = 1, text = text } }),
      ui.filters(request, text, { { text = text, href = link, current = true, count = 1 } }),
      ui.search(request, { action = link, label = text, value = text, hint = text }), ui.buttons(request, { text }),
    },
  })
end

host = {
  assets = { style = "/assets/app-0.css", script = "/assets/app-0.js" },
  languages = function()
    return { { tag = "en", name = "English", direction = "ltr" }, { tag = "x", name = hostile, direction = "rtl" } }
  end,
}

function tests.hostile_texts_stay_texts()
  local request = helper.request{ user = { name = hostile, full_name = hostile, roles = { worker = true } }, csrf = hostile, path = hostile }
  local page = inspect(everything(request, hostile, address), true)
  local seen = select(2, page.text:gsub("<script>alert%(1%)</script>", ""))
  assert(seen > 60, "the texts are not there: " .. seen)
  -- A translation is a text too.
  request.t = function() return hostile end
  request.tn = request.t
  inspect(everything(request, hostile, address), true)
end

function tests.plain_page_is_whole()
  local page = inspect(everything(helper.request(), "Text", "/path"), true)
  equal(page.elements[1].attributes.lang, "en")
  helper.find(page, function(e) return e.name == "a" and e.attributes.href == "#main" and e.attributes.class == "usa-skipnav" end)
  equal(page.ids.main.name, "main")
  equal(helper.find(page, function(e) return e.name == "title" end).text, "Error: Text – askonce")
  equal(page.ids.say.attributes["aria-live"], "polite")
end

-- Each form that changes something has the token right after it opens, before anything that a person can touch.
function tests.every_post_has_the_token()
  local page = inspect(everything(helper.request(), "Text", "/path"), true)
  local forms, tokens = 0, 0
  for _, element in ipairs(page.elements) do
    if element.name == "form" and element.attributes.method == "post" then forms = forms + 1 end
    if element.name == "input" and element.attributes.name == "csrf" then
      equal(element.attributes.value, "the-token")
      tokens = tokens + 1
    end
  end
  assert(forms >= 4, "forms: " .. forms)
  equal(tokens, forms)
end

function tests.every_field_has_a_name_that_people_read()
  local page = inspect(everything(helper.request(), "Text", "/path"), true)
  local labelled = {}
  for _, element in ipairs(page.elements) do
    if element.name == "label" then
      labelled[element.attributes["for"]] = element.text ~= ""
    end
  end
  local count = 0
  for _, element in ipairs(page.elements) do
    local a = element.attributes
    if (element.name == "input" and a.type ~= "hidden") or element.name == "select" or element.name == "textarea" then
      assert(a.id and labelled[a.id], "a field without a label: " .. tostring(a.name))
      count = count + 1
    end
  end
  assert(count > 50, "fields: " .. count)
end

function tests.error_is_tied_and_linked()
  local request = helper.request()
  for index, type in ipairs(types) do
    local name = "a.0.b" .. index
    local page = inspect(ui.field(request, { type = type, name = name, label = "Label", error = "Wrong.", options = { { id = "a", text = "A" } } }))
    local target = page.ids[ui.id(name)]
    assert(target and (target.name == "input" or target.name == "textarea"), type .. ": no field to link to")
    local described = helper.find(page, function(e) return e.attributes["aria-describedby"] end, type .. ": description")
    assert(described.attributes["aria-describedby"]:find(ui.id(name) .. "-error", 1, true))
    equal(page.ids[ui.id(name) .. "-error"].text, "Error: Wrong.")
    local summary = inspect(h.div{ ui.error_summary(request, { { field = name, message = "Wrong." } }),
      ui.field(request, { type = type, name = name, label = "Label", options = {{ id = "a", text = "A" }} }) })
    helper.find(summary, function(e) return e.attributes.href == "#" .. ui.id(name) end)
  end
end

function tests.status_has_a_word_and_a_shape()
  local request, words = helper.request(), {}
  for _, status in ipairs{ "likely", "possible", "unlikely", "need_info", "withheld", "error" } do
    local page = inspect(ui.status(request, status))
    local word = page.text
    assert(word ~= "" and not words[word], status)
    words[word] = true
    helper.find(page, function(e) return e.name == "use" and e.attributes.href == "#i-" .. status end)
  end
end

function tests.panel_links_to_what_is_missing()
  local page = inspect(ui.panel(helper.request(), { programs = {
    { id = "snap", name = "SNAP", status = "need_info", missing = 2, href = "#q-dob" },
    { id = "wic", name = "WIC", status = "need_info", missing = 1, href = "/cases/1/sections/person#q-dob" },
    { id = "heap", name = "HEAP", status = "likely" } } }))
  equal(helper.find(page, function(e) return e.attributes.href == "#q-dob" end).text, "Needs 2 answers: SNAP")
  equal(helper.find(page, function(e) return e.attributes.href == "/cases/1/sections/person#q-dob" end).text, "Needs 1 answer: WIC")
  equal(page.ids["p-heap"].attributes["data-status"], "likely")
end

function tests.navigation_shows_what_a_role_may_use()
  local function links(roles)
    local page = inspect(ui.page(helper.request{ user = { name = "x", roles = roles } }, { title = "T", main = "m" }), true)
    local list = {}
    for _, element in ipairs(page.elements) do
      if element.attributes.class == "usa-nav__link" then list[#list + 1] = element.attributes.href end
    end
    return table.concat(list, " ")
  end
  equal(links{ worker = true }, "/clients /work /programs")
  equal(links{ administrator = true }, "/programs /admin")
  equal(links{ auditor = true }, "/programs")
  local page = inspect(ui.page(helper.request{ user = false }, { title = "T", main = "m" }), true)
  for _, element in ipairs(page.elements) do assert(element.attributes.action ~= "/sign-out", "signs out nobody") end
end

function tests.outside_the_engine()
  local kept = host
  host = nil
  inspect(ui.page(helper.request(), { title = "T", main = "m" }), true)
  host = kept
end

-- What is checked in a field of each type is what ui.read gives for what the field sends.
local function sent(node)
  local form, all = {}, {}
  local function add(name, value)
    form[name] = value
    all[name] = all[name] or {}
    table.insert(all[name], value)
  end
  local page, choosing = inspect(node), nil
  for _, element in ipairs(page.elements) do
    local a = element.attributes
    if element.name == "input" and (a.type ~= "radio" and a.type ~= "checkbox" or a.checked) then add(a.name, a.value or "") end
    if element.name == "textarea" then add(a.name, element.text) end
    if element.name == "select" then choosing = a.name; form[choosing] = "" end
    if element.name == "option" and a.selected then add(choosing, a.value) end
  end
  return helper.request{ form = form, form_all = all }
end

function tests.what_is_shown_is_read_again()
  local options = { { id = "a", text = "A" }, { id = "b", text = "B" } }
  local values = { text = "x <y>", textarea = "two\nlines", money = 1450.5, integer = 3, decimal = 12.25, date = "1944-03-02", bool = false,
    choice = "b", email = "a@b.example", tel = "311", password = "p" }
  for type, value in pairs(values) do
    local node = ui.field(helper.request(), { type = type, name = "x", label = "L", value = value, options = options, unknown = true, decline = true })
    local state, got = ui.read(sent(node), type, "x")
    equal(state, "value", type)
    equal(got, value, type)
  end
  equal(select(2, ui.read(sent(ui.field(helper.request(), { type = "bool", name = "x", label = "L", value = true })), "bool", "x")), true)
  for _, as in ipairs{ "select", "radios" } do
    local node = ui.field(helper.request(), { type = "choice", as = as, name = "x", label = "L", value = "b", options = options, unknown = true })
    equal(select(2, ui.read(sent(node), "choice", "x")), "b", as)
  end
  local node = ui.field(helper.request(), { type = "choices", name = "x", label = "L", value = { "a", "b" }, options = options, none = true })
  local state, list = ui.read(sent(node), "choices", "x")
  equal(state, "value")
  equal(table.concat(list, ","), "a,b")
  node = ui.field(helper.request(), { type = "choices", name = "x", label = "L", value = {}, options = options, none = true })
  state, list = ui.read(sent(node), "choices", "x")
  equal(state, "value")
  equal(#list, 0)
end

function tests.absent_is_read_again()
  for _, type in ipairs(types) do
    for _, word in ipairs{ "unknown", "declined" } do
      local node = ui.field(helper.request(), { type = type, name = "x", label = "L", absent = word, unknown = true, decline = true,
        options = { { id = "a", text = "A" } } })
      local state, got = ui.read(sent(node), type, "x")
      equal(state, "absent", type)
      equal(got, word, type)
    end
    local node = ui.field(helper.request(), { type = type, name = "x", label = "L", unknown = true, decline = true, none = true,
      options = { { id = "a", text = "A" } } })
    equal(ui.read(sent(node), type, "x"), "blank", type)
  end
end

function tests.typed_wrongly()
  local function read(type, form)
    local all = {}
    for name, value in pairs(form) do all[name] = { value } end
    return ui.read(helper.request{ form = form, form_all = all }, type, "x")
  end
  for type, bad in pairs{ money = { "abc", "1.234", "1e9", "--1", "1..2", "0x10", ("9"):rep(16) }, integer = { "1.5", "x", "1e3", "inf", "nan" },
    decimal = { "1,5x", "nan", "inf" }, bool = { "yes", "1" } } do
    for _, text in ipairs(bad) do
      local state, typed, message = read(type, { x = text })
      equal(state, "wrong", type .. " " .. text)
      equal(typed, text)
      assert(message and message ~= "")
    end
  end
  equal(select(2, read("money", { x = " $1,450.00 " })), 1450.0)
  equal(select(2, read("integer", { x = "1,200" })), 1200)
  equal(read("date", { ["x.month"] = "3" }), "wrong")
  equal(read("date", { ["x.month"] = "13", ["x.day"] = "1", ["x.year"] = "1944" }), "wrong")
  equal(read("date", { ["x.month"] = "3", ["x.day"] = "1", ["x.year"] = "44" }), "wrong")
  equal(select(2, read("date", { ["x.month"] = " 03 ", ["x.day"] = "2", ["x.year"] = "1944" })), "1944-03-02")
  -- What was typed has the last word.
  equal(read("money", { x = "5", ["x.absent"] = "unknown" }), "value")
  equal(read("money", { ["x.absent"] = "something" }), "blank")
end

helper.run(tests)
