-- Adding a client, after a search; with a warning of who may be the same person, which does not block.

local h = require "lib.html"
local clients = require "model.clients"
local form = require "view.client_form"
local record = require "view.client_record"
local ui = require "lib.ui"

local writers = { "worker", "supervisor" }

-- options: fields, typed, errors, same (list of those who may be the same person), status, mark
local function new_page(request, options)
  local t = request.t
  local same, shown = options.same or {}, {}
  for index, one in ipairs(same) do shown[index] = one.client.id end
  local warning
  if #same > 0 then
    warning = ui.alert(request, { kind = "warning", id = "same", role = "alert",
      heading = request.tn(#same, "This may be the same person", "One of these may be the same person"),
      h.p{ t("Look before you add somebody twice. Two people at one address are normal.") },
      record.list(request, same),
      h.button{ class = "usa-button", form = "new-client", t("This is another person: add") } })
  end
  return { status = options.status, html = ui.page(request, { title = t("Add a client"), nav = "clients", back = "/clients",
    errors = options.errors, main = {
      ui.heading(request, { text = t("Add a client") }), warning,
      h.form{ method = "post", action = "/clients", id = "new-client", ui.csrf(request),
        h.input{ type = "hidden", name = "mark", value = options.mark or clients.mark() },
        h.input{ type = "hidden", name = "seen", value = table.concat(shown, " ") },
        form.fields(request, options.fields, options.typed or {}, options.errors),
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
  local fields, typed, errors = form.read(request)
  local mark = request.form.mark
  local wrong, clean = clients.check(fields, request.today)
  errors = form.errors(request, wrong, errors)
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

return {
  { "GET", "/clients/new", roles = writers, start_new },
  { "POST", "/clients", roles = writers, add },
}
