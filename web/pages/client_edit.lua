-- Changing what is known of a client; what another person saved meanwhile is shown beside what was typed.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local clients = require "model.clients"
local form = require "view.client_form"
local people = require "model.people"
local ui = require "lib.ui"

local writers = { "worker", "supervisor" }

local function edit_page(request, client, options)
  local t = request.t
  return { status = options.status, html = ui.page(request, { title = t("Change the details"), nav = "clients",
    back = "/clients/" .. client.id, errors = options.errors, main = {
      ui.heading(request, { caption = case_parts.name(client.body.name), text = t("Change the details") }), options.notice,
      h.form{ method = "post", action = "/clients/" .. client.id, ui.csrf(request),
        h.input{ type = "hidden", name = "version", value = client.version },
        form.fields(request, options.fields, options.typed or {}, options.errors),
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
      if row[1] == "language" and now then now = form.language_name(request, now) end
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
  local fields, typed, errors = form.read(request)
  errors = form.errors(request, clients.check(fields, request.today), errors)
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

return {
  { "GET", "/clients/{id}/edit", roles = writers, edit },
  { "POST", "/clients/{id}", roles = writers, change },
}
