-- Clients: found or added, what is known of them, their cases.

local h = require "lib.html"
local case_parts = require "lib.case_parts"
local cases = require "model.cases"
local clients = require "model.clients"
local people = require "model.people"
local rules = require "lib.rules"
local ui = require "lib.ui"
local work = require "model.work"

local readers = { "worker", "supervisor", "nurse" }
local writers = { "worker", "supervisor" }

local function may_write(request) return request.user.roles.worker or request.user.roles.supervisor end

-- ---- the search ------------------------------------------------------------------------------------------------------------

-- What the address asks for: { name, dob, phone, typed = dob as typed, blank = true }, and errors.
local function read_search(request)
  local t = request.t
  local sent = { t = t, form = request.query, form_all = request.query_all }
  local query, errors = clients.read_text(request.query.name), {}
  query.typed_name = request.query.name
  local state, value, message = ui.read(sent, "date", "dob")
  if state == "wrong" then
    query.typed_dob = value
    errors[#errors + 1] = { field = "dob", message = message }
  elseif state == "value" then
    query.typed_dob = value
    if clients.is_day(value, request.today) then
      query.dob = value
    else
      errors[#errors + 1] = { field = "dob", message = t("There is no such day, or it has not come yet.") }
    end
  end
  local phone = clients.read_text(request.query.phone)
  query.typed_phone = request.query.phone
  if phone.phone then
    query.phone = phone.phone
  elseif next(phone) then
    errors[#errors + 1] = { field = "phone", message = t("Write at least the last 7 figures of the phone number.") }
  end
  query.blank = not query.name and not query.dob and not query.phone
  return query, errors
end

local function error_of(errors, field)
  for _, problem in ipairs(errors or {}) do if problem.field == field then return problem.message end end
end

local function search_form(request, query, errors)
  local t = request.t
  return h.form{ class = "ask-find", method = "post", action = "/clients/find", role = "search",
    ["aria-label"] = t("Search for a client"), ui.csrf(request),
    ui.field(request, { name = "name", type = "text", label = t("Name"), value = query.typed_name, max_length = 200,
      hint = t("First or last names in any order. Nicknames and nearly right spellings are found too.") }),
    h.div{ class = "ask-find__more",
      ui.field(request, { name = "dob", type = "date", label = t("Date of birth"), value = query.typed_dob,
        error = error_of(errors, "dob") }),
      ui.field(request, { name = "phone", type = "tel", label = t("Phone number"), value = query.typed_phone, max_length = 40,
        error = error_of(errors, "phone") }) },
    ui.button(request, { text = t("Search") }) }
end

-- Why somebody is in the list, in words.
local function why_tag(request, why)
  local t = request.t
  local words = {
    name = t("Name fits"), nickname = t("Nickname of that name"), like = t("Similar name"), ["other-name"] = t("Known by another name"),
    ["dob-same"] = t("Same date of birth"), ["dob-swapped"] = t("Month and day the other way round"),
    ["dob-near"] = t("Similar date of birth"), phone = t("Same phone number"),
  }
  local sure = why.what == "name" or why.what == "dob-same" or why.what == "phone"
  return ui.tag(request, words[why.what], sure and "success" or "info")
end

local function person(request, found, level)
  local t, body, why = request.t, found.client.body, {}
  for index, one in ipairs(found.why) do why[index] = { index > 1 and " ", why_tag(request, one) } end
  local function fact(name, value) return h.div{ h.dt{ name }, h.dd{ value } } end
  local phone = body.phone or body.phone_safe
  return h.li{ class = "ask-person",
    h.element("h" .. level, { class = "ask-person__name",
      h.a{ class = "usa-link", href = "/clients/" .. found.client.id, case_parts.name(body.name) } }),
    body.also_known_as and h.p{ class = "usa-hint ask-person__other", t("Also known as"), " ", case_parts.name(body.also_known_as) },
    h.dl{ class = "ask-person__facts",
      fact(t("Date of birth"), body.dob and case_parts.birth(request, body.dob) or t("Not known")),
      phone and fact(t("Phone number"), h.bdi{ dir = "ltr", phone }),
      body.address_zip and fact(t("ZIP code"), body.address_zip) },
    #why > 0 and h.p{ class = "ask-person__why", h.span{ class = "usa-sr-only", t("Why it is in this list:"), " " }, why } }
end

local function new_href(request, query)
  return "/clients/new" .. request.sealed{ name = query.name, dob = query.dob, phone = query.phone }
end

local function results(request, query)
  local t = request.t
  local found, more, cut = clients.search(query)
  if not found then return nil, more end
  local list = {}
  for index, one in ipairs(found) do list[index] = person(request, one, 3) end
  local heading = cut and more > 0 and t("Many people may fit")
    or request.tn(#found + more, "1 person may fit", "{count} people may fit")
  local add = may_write(request) and ui.button(request, { text = t("Add a new client"), href = new_href(request, query),
    kind = #found > 0 and "outline" or nil })
  if #found == 0 then
    return h.section{ id = "found", ["aria-labelledby"] = "found-title",
      h.div{ class = "ask-empty", h.h2{ class = "ask-empty__heading", id = "found-title", t("Nobody found") },
        h.p{ may_write(request) and t("Try fewer letters or only the last name. If this person is new, add them.")
          or t("Try fewer letters or only the last name.") }, add } }, t("Nobody found")
  end
  return h.section{ id = "found", ["aria-labelledby"] = "found-title",
    h.h2{ id = "found-title", heading },
    h.ol{ class = "ask-people", list },
    more > 0 and h.p{ class = "usa-hint", t("The best {count} are shown. Add a date of birth or a phone number to find one person.",
      { count = #found }) },
    add and h.div{ class = "ask-not-found", h.p{ h.b{ t("Not one of them?") }, " ",
      t("People may share a name or an address.") }, add } }, heading
end

-- What is searched for goes into the address sealed: Back and reload work, and the browser's history names nobody.
local function ask(request)
  local values = {}
  for _, name in ipairs { "name", "dob.month", "dob.day", "dob.year", "phone" } do
    local value = request.form[name]
    if value and #value <= 400 then values[name] = value end
  end
  if not values.name and not values.phone then values.name = "" end
  return { redirect = "/clients" .. request.sealed(values) }
end

local function find(request)
  local t = request.t
  local asked = request.query.name or request.query.phone or request.query["dob.year"] or request.query["dob.month"]
  local query, errors = {}, {}
  if asked then query, errors = read_search(request) end
  local found, said
  if asked and #errors == 0 and query.blank then
    errors[1] = { field = "name", message = t("Write a name, a date of birth or a phone number.") }
  elseif asked and #errors == 0 then
    found, said = results(request, query)
    if not found then return { failed = said } end
  end
  return { status = #errors > 0 and 422 or 200, html = ui.page(request, {
    title = { said and { said, " – " }, t("Find or add a client") }, nav = "clients", errors = errors, wide = found ~= nil, main = {
      ui.heading(request, { text = t("Find or add a client"),
        lead = not found and t("Search first: this person may have been here before.") or nil }),
      h.div{ class = found and "ask-finding", search_form(request, query, errors), found } } }) }
end

-- ---- the fields of a client -------------------------------------------------------------------------------------------------

local function language_options(request)
  local form = rules.form()
  local item, options = form and form.items.language_pref, {}
  for index, option in ipairs(item and item.options or {}) do
    options[index] = { id = option.id, text = request.t_form(option.text) }
  end
  return options
end

local function language_name(request, id)
  for _, option in ipairs(language_options(request)) do if option.id == id then return option.text end end
  return id
end

local function message_of(request, problem)
  local t = request.t
  local words = {
    ["name missing"] = t("Write the client's name."),
    ["name no-letters"] = t("Write the name with letters."),
    ["dob no-day"] = t("There is no such day, or it has not come yet."),
    ["phone no-phone"] = t("Write a phone number with at least 7 figures, such as 212-555-0100."),
    ["phone_safe no-phone"] = t("Write a phone number with at least 7 figures, such as 212-555-0100."),
    ["address_zip no-zip"] = t("Write five figures, such as 10025."),
  }
  return words[problem.field .. " " .. problem.code] or t("This is too long.")
end

-- What the form sent: fields as of the body, how the date was typed, errors of reading.
local function read_fields(request)
  local form, errors = request.form, {}
  local fields = { name = form.name, also_known_as = form.also_known_as, phone = form.phone, address_zip = form.address_zip }
  local state, value, message = ui.read(request, "date", "dob")
  if state == "wrong" then
    errors[1] = { field = "dob", message = message }
  elseif state == "value" then
    fields.dob = value
  end
  local typed_dob = value
  if form.phone_is_safe == "true" then fields.phone_safe = fields.phone end
  for _, option in ipairs(language_options(request)) do
    if option.id == form.language then fields.language = option.id end
  end
  return fields, { typed_dob = typed_dob, phone_is_safe = form.phone_is_safe }, errors
end

local function fields_of(request, fields, typed, errors)
  local t = request.t
  local optional = t("optional")
  local safe = typed.phone_is_safe
  if safe == nil and fields.phone_safe then safe = "true" end
  local languages = language_options(request)
  return {
    ui.field(request, { name = "name", type = "text", label = t("Full name"), value = fields.name, max_length = 200,
      hint = t("As on their papers, with all last names."), error = error_of(errors, "name") }),
    ui.field(request, { name = "also_known_as", type = "text", label = t("Also known as"), optional = optional,
      value = fields.also_known_as, max_length = 200, hint = t("A maiden name, a name used every day."),
      error = error_of(errors, "also_known_as") }),
    ui.field(request, { name = "dob", type = "date", label = t("Date of birth"), optional = optional,
      value = typed.typed_dob or fields.dob, hint = t("Leave it empty when it is not known."), error = error_of(errors, "dob") }),
    ui.field(request, { name = "phone", type = "tel", label = t("Phone number"), optional = optional,
      value = fields.phone or fields.phone_safe, max_length = 40, error = error_of(errors, "phone") or error_of(errors, "phone_safe") }),
    ui.field(request, { name = "phone_is_safe", type = "bool", label = t("Is it safe for us to call this number?"), value = safe,
      hint = t("Ask. Another person may answer, or read the messages.") }),
    #languages > 0 and ui.field(request, { name = "language", type = "choice", as = "select", label = t("Language"),
      optional = optional, options = languages, value = fields.language }),
    ui.field(request, { name = "address_zip", type = "text", label = t("ZIP code"), optional = optional, value = fields.address_zip,
      max_length = 5, width = "xs", inputmode = "numeric", error = error_of(errors, "address_zip") }),
  }
end

-- As the fields stand on the page.
local field_order = { name = 1, also_known_as = 2, dob = 3, phone = 4, phone_is_safe = 5, language = 6, address_zip = 7 }

local function errors_of(request, problems, errors)
  local known = {}
  for _, problem in ipairs(errors) do known[problem.field] = true end
  for _, problem in ipairs(problems or {}) do
    local field = problem.field == "phone_safe" and "phone" or problem.field
    if not known[field] then
      known[field] = true
      errors[#errors + 1] = { field = field, message = message_of(request, problem) }
    end
  end
  table.sort(errors, function(a, b) return field_order[a.field] < field_order[b.field] end)
  return errors
end

-- ---- adding ---------------------------------------------------------------------------------------------------------------------

-- options: fields, typed, errors, same (list of those who may be the same person), status, mark
local function new_page(request, options)
  local t = request.t
  local same, shown = options.same or {}, {}
  for index, one in ipairs(same) do shown[index] = one.client.id end
  local warning
  if #same > 0 then
    local list = {}
    for index, one in ipairs(same) do list[index] = person(request, one, 3) end
    warning = ui.alert(request, { kind = "warning", id = "same", role = "alert",
      heading = request.tn(#same, "This may be the same person", "One of these may be the same person"),
      h.p{ t("Look before you add somebody twice. Two people at one address are normal.") },
      h.ol{ class = "ask-people", list },
      h.button{ class = "usa-button", form = "new-client", t("This is another person: add") } })
  end
  return { status = options.status, html = ui.page(request, { title = t("Add a client"), nav = "clients", back = "/clients",
    errors = options.errors, main = {
      ui.heading(request, { text = t("Add a client") }), warning,
      h.form{ method = "post", action = "/clients", id = "new-client", ui.csrf(request),
        h.input{ type = "hidden", name = "mark", value = options.mark or clients.mark() },
        h.input{ type = "hidden", name = "seen", value = table.concat(shown, " ") },
        fields_of(request, options.fields, options.typed or {}, options.errors),
        ui.buttons(request, {
          ui.button(request, { text = #same > 0 and t("This is another person: add") or t("Add this client") }),
          ui.button(request, { text = t("Cancel"), href = "/clients", kind = "unstyled" }) }) } } }) }
end

-- Only after a search: its words come along.
local function start_new(request)
  local query = request.query
  if not (query.name or query.dob or query.phone) then return { redirect = "/clients" } end
  local dob = query.dob and clients.is_day(query.dob, request.today) and query.dob or nil
  return new_page(request, { fields = { name = query.name, dob = dob, phone = query.phone } })
end

local function add(request)
  local fields, typed, errors = read_fields(request)
  local mark = request.form.mark
  local wrong, clean = clients.check(fields, request.today)
  errors = errors_of(request, wrong, errors)
  if #errors > 0 then return new_page(request, { fields = fields, typed = typed, errors = errors, status = 422, mark = mark }) end
  local seen = {}
  for id in (request.form.seen or ""):sub(1, 1000):gmatch("%S+") do seen[id] = true end
  local sent = clients.of_mark(request, mark)
  if sent and sent.body.name == clean.name then return { redirect = "/clients/" .. sent.id .. "?added=1" } end
  if sent then mark = nil end -- the browser's Back, and another person typed over the first
  local same, reason_away = clients.duplicates(fields)
  if not same then return { failed = reason_away } end
  for _, one in ipairs(same) do
    if not seen[one.client.id] then return new_page(request, { fields = fields, typed = typed, same = same, mark = mark }) end
  end
  local client, reason = clients.create(request, fields, mark)
  if not client then return { failed = reason } end
  return { redirect = "/clients/" .. client.id .. "?added=1" }
end

-- ---- one client -------------------------------------------------------------------------------------------------------------------

local function details(request, client)
  local t, body = request.t, client.body
  local href = may_write(request) and "/clients/" .. client.id .. "/edit"
  local phone, safe = body.phone or body.phone_safe, body.phone_safe ~= nil
  local rows = {
    { t("Full name"), case_parts.name(body.name) },
    body.also_known_as and { t("Also known as"), case_parts.name(body.also_known_as) } or false,
    { t("Date of birth"), body.dob and case_parts.birth(request, body.dob) },
    { t("Phone number"), phone and { h.bdi{ dir = "ltr", phone }, " ",
      safe and ui.tag(request, t("Safe to call"), "success") or ui.tag(request, t("Do not call"), "warning") } },
    { t("Language"), body.language and language_name(request, body.language) },
    { t("ZIP code"), body.address_zip },
  }
  local list = {}
  for _, row in ipairs(rows) do
    if row then
      list[#list + 1] = h.div{ class = "ask-fact", h.dt{ row[1] },
        h.dd{ class = not row[2] and "ask-summary__value--missing" or nil, row[2] or t("Not known") } }
    end
  end
  local by = people.name(request, body.created_by)
  return { h.h2{ t("Details") }, h.dl{ class = "ask-facts", list },
    href and h.p{ h.a{ href = href, t("Change the details") } },
    body.created_at and h.p{ class = "usa-hint", by and { t("Added by"), " ", h.bdi{ by }, ", " } or { t("Added"), " " },
      case_parts.moment(request, body.created_at) } }
end

local function draft_card(request, case, level)
  local t, body = request.t, case.body
  local by = people.name(request, body.worker)
  return ui.card(request, { level = level, class = "ask-case",
    heading = body.based_on and t("Reassessment under way") or t("Intake under way"), tags = ui.tag(request, t("Draft"), "info"),
    h.p{ class = "usa-hint", t("Last change"), " ", case_parts.moment(request, case.at), by and { " · ", h.bdi{ by } } },
    work.turn(case) == "nurse" and h.p{ ui.tag(request, t("Waiting for the nurse"), "warning") },
    ui.button(request, { text = may_write(request) and t("Go on") or t("Open"), href = "/cases/" .. case.id,
      describe = t("with the intake of {day}", { day = request.day(body.started_at) }) }) })
end

local function submitted_card(request, case, level)
  local t, body = request.t, case.body
  local urgent = body.urgent
  local first_due
  for _, day in pairs(not body.followed and body.due or {}) do if not first_due or day < first_due then first_due = day end end
  return ui.card(request, { level = level, class = "ask-case",
    heading = t("Screened on {day}", { day = request.day(body.submitted_at or case.at) }),
    tags = urgent and may_write(request) and ui.urgency(request, urgent.urgency) or nil,
    may_write(request) and case_parts.statuses(request, body.statuses),
    first_due and h.p{ class = "usa-hint",
      first_due <= request.today and t("Look again: was due on {day}", { day = request.date(first_due) })
      or t("Look again by {day}", { day = request.date(first_due) }) },
    h.div{ class = "usa-button-group",
      may_write(request) and ui.button(request, { text = t("Results"), href = "/cases/" .. case.id .. "/results", kind = "outline",
        describe = t("of {day}", { day = request.day(body.submitted_at or case.at) }) }),
      may_write(request) and not body.followed and h.form{ method = "post", action = "/cases/" .. case.id .. "/reassess", ui.csrf(request),
        ui.button(request, { text = t("Reassess"), kind = "unstyled" }) } } })
end

local function start_button(request, client, kind)
  local t = request.t
  return h.form{ method = "post", action = "/clients/" .. client.id .. "/cases", ui.csrf(request),
    ui.button(request, { text = kind and t("Start another intake") or t("Start a new intake"), kind = kind }) }
end

local function show(request)
  local t = request.t
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local list, problem = cases.of_client(client.id)
  if not list then return { failed = problem } end
  local drafts, kept = {}, {}
  for _, case in ipairs(list) do
    if case.body.state == "draft" then
      drafts[#drafts + 1] = draft_card(request, case, 3)
    else
      kept[#kept + 1] = submitted_card(request, case, 3)
    end
  end
  local write = may_write(request)
  local main = { ui.heading(request, { caption = t("Client"), text = case_parts.name(client.body.name) }) }
  if #drafts + #kept == 0 then
    main[#main + 1] = ui.empty(request, { heading = t("No intake yet"),
      text = write and t("Ask once. Every program answers while you type.") or nil, action = write and start_button(request, client) })
  else
    if #drafts > 0 then main[#main + 1] = { h.h2{ t("To go on with") }, drafts } end
    if write then main[#main + 1] = h.div{ class = "ask-start", start_button(request, client, #drafts > 0 and "outline" or nil) } end
    if #kept > 0 then main[#main + 1] = { h.h2{ t("Screened before") }, kept } end
  end
  local done = request.query.added and t("The client was added.") or request.query.changed and t("Saved.") or nil
  return { html = ui.page(request, { title = t("Client"), nav = "clients", back = { href = "/clients", text = t("Clients") },
    status = done, main = main, aside = details(request, client) }) }
end

-- ---- changing ----------------------------------------------------------------------------------------------------------------------

local function edit_page(request, client, options)
  local t = request.t
  return { status = options.status, html = ui.page(request, { title = t("Change the details"), nav = "clients",
    back = "/clients/" .. client.id, errors = options.errors, main = {
      ui.heading(request, { caption = case_parts.name(client.body.name), text = t("Change the details") }), options.notice,
      h.form{ method = "post", action = "/clients/" .. client.id, ui.csrf(request),
        h.input{ type = "hidden", name = "version", value = client.version },
        fields_of(request, options.fields, options.typed or {}, options.errors),
        ui.buttons(request, { ui.button(request, { text = t("Save") }),
          ui.button(request, { text = t("Cancel"), href = "/clients/" .. client.id, kind = "unstyled" }) }) } } }) }
end

local function edit(request)
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local body = client.body
  local safe = body.phone_safe and "true" or body.phone and "false" or nil
  return edit_page(request, client, { fields = body, typed = { phone_is_safe = safe } })
end

-- What another person saved meanwhile, beside what was typed here.
local function meanwhile(request, client, fields)
  local t, rows, body = request.t, {}, client.body
  local words = { { "name", t("Full name") }, { "also_known_as", t("Also known as") }, { "dob", t("Date of birth") },
    { "phone", t("Phone number") }, { "phone_safe", t("Safe to call") }, { "language", t("Language") }, { "address_zip", t("ZIP code") } }
  for _, row in ipairs(words) do
    local now, mine = body[row[1]], fields[row[1]]
    if (now or "") ~= (mine or "") then
      if row[1] == "language" and now then now = language_name(request, now) end
      if row[1] == "dob" and now then now = request.date(now) end
      rows[#rows + 1] = h.li{ row[2], ": ", now and h.bdi{ now } or t("Not known") }
    end
  end
  local by = people.name(request, body.changed_by)
  return ui.alert(request, { kind = "warning", role = "alert", heading = t("Somebody else changed these details meanwhile"),
    by and h.p{ t("Changed by"), " ", h.bdi{ by }, "." },
    #rows > 0 and { h.p{ t("There is now:") }, h.ul{ class = "usa-list", rows } },
    h.p{ t("Below is what you typed. Save it, or take over what is there now.") } })
end

local function change(request)
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local fields, typed, errors = read_fields(request)
  errors = errors_of(request, clients.check(fields, request.today), errors)
  if #errors > 0 then
    client.version = math.tointeger(tonumber(request.form.version)) or client.version
    return edit_page(request, client, { fields = fields, typed = typed, errors = errors, status = 422 })
  end
  local changed, why
  if tonumber(request.form.version) == client.version then
    changed, why = clients.change(request, client, fields)
  else
    why = "conflict"
  end
  if changed then return { redirect = "/clients/" .. client.id .. "?changed=1" } end
  if why ~= "conflict" then return { failed = why } end
  client, reason = clients.get(client.id)
  if not client then return { failed = reason } end
  return edit_page(request, client, { fields = fields, typed = typed, status = 409, notice = meanwhile(request, client, fields) })
end

-- ---- starting a case -----------------------------------------------------------------------------------------------------------------

local function has_option(item, id)
  for _, option in ipairs(item.options or {}) do if option.id == id then return true end end
  return false
end

-- What is known already is not asked again, where the form has the question.
local function known_answers(client)
  local form, body, answers = rules.form(), client.body, {}
  local items = form and form.items or {}
  local phone = body.phone_safe
  if items.legal_name and (utf8.len(body.name) or math.huge) <= (tonumber(items.legal_name.max_length) or 200) then
    answers.legal_name = body.name
  end
  if items.dob then answers.dob = body.dob end
  if items.phone_safe and phone and #phone <= 20 and phone:match("^[%d+() .-]+$") then answers.phone_safe = phone end
  if items.language_pref and body.language and has_option(items.language_pref, body.language) then
    answers.language_pref = body.language
  end
  if items.residence_zip then answers.residence_zip = body.address_zip end
  return answers
end

local function start_case(request)
  local client, reason = clients.get(request.params.id)
  if not client then return { failed = reason } end
  local list, problem = cases.of_client(client.id)
  if not list then return { failed = problem } end
  for _, case in ipairs(list) do -- sent twice: one that nothing was done with yet
    local body = case.body
    if body.state == "draft" and body.worker == request.user.id and case.version == 1 and not body.based_on then
      return { redirect = "/cases/" .. case.id }
    end
  end
  local case, why = cases.create(request, client.id, { answers = known_answers(client) })
  if not case then return { failed = why } end
  return { redirect = "/cases/" .. case.id }
end

return {
  { "GET", "/clients", roles = readers, find },
  { "POST", "/clients/find", roles = readers, ask },
  { "GET", "/clients/new", roles = writers, start_new },
  { "POST", "/clients", roles = writers, add },
  { "GET", "/clients/{id}", roles = readers, show },
  { "GET", "/clients/{id}/edit", roles = writers, edit },
  { "POST", "/clients/{id}", roles = writers, change },
  { "POST", "/clients/{id}/cases", roles = writers, start_case },
}
