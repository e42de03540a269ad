-- Finding a client: before anybody is added, everybody is looked for.

local h = require "lib.html"
local clients = require "model.clients"
local record = require "view.client_record"
local ui = require "lib.ui"

local readers = { "worker", "supervisor", "nurse" }

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

local function search_form(request, query, errors)
  local t = request.t
  return h.form{ class = "ask-find", method = "post", action = "/clients/find", role = "search",
    ["aria-label"] = t("Search for a client"), ui.csrf(request),
    ui.field(request, { name = "name", type = "text", label = t("Name"), value = query.typed_name, max_length = 200,
      hint = t("First or last names in any order. Nicknames and nearly right spellings are found too.") }),
    h.div{ class = "ask-find__more",
      ui.field(request, { name = "dob", type = "date", label = t("Date of birth"), value = query.typed_dob,
        error = ui.error_of(errors, "dob") }),
      ui.field(request, { name = "phone", type = "tel", label = t("Phone number"), value = query.typed_phone, max_length = 40,
        error = ui.error_of(errors, "phone") }) },
    ui.button(request, { text = t("Search") }) }
end

local function new_href(request, query)
  return "/clients/new" .. request.sealed{ name = query.name, dob = query.dob, phone = query.phone }
end

local function results(request, query)
  local t = request.t
  local found, more, cut = clients.search(query)
  if not found then return nil, more end
  local heading = cut and more > 0 and t("Many people may fit")
    or request.tn(#found + more, "1 person may fit", "{count} people may fit")
  local add = clients.may_write(request.user) and ui.button(request, { text = t("Add a new client"), href = new_href(request, query),
    kind = #found > 0 and "outline" or nil })
  if #found == 0 then
    return h.section{ id = "found", ["aria-labelledby"] = "found-title",
      h.div{ class = "ask-empty", h.h2{ class = "ask-empty__heading", id = "found-title", t("Nobody found") },
        h.p{ clients.may_write(request.user) and t("Try fewer letters or only the last name. If this person is new, add them.")
          or t("Try fewer letters or only the last name.") }, add } }, t("Nobody found")
  end
  return h.section{ id = "found", ["aria-labelledby"] = "found-title",
    h.h2{ id = "found-title", heading },
    record.list(request, found),
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

return {
  { "GET", "/clients", roles = readers, find },
  { "POST", "/clients/find", roles = readers, ask },
}
