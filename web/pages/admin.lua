-- Administration: the overview, programs with their versions and health, and reload with its report.

local h = require "lib.html"
local rules = require "lib.rules"
local ui = require "lib.ui"

local roles = { "administrator" }

local function overview(request)
  local t = request.t
  local users, reason = host.accounts.list()
  if not users then return { failed = reason } end
  local keys, why = host.keys.list()
  if not keys then return { failed = why } end
  local active, in_force = 0, 0
  for _, user in ipairs(users) do if not user.disabled then active = active + 1 end end
  for _, key in ipairs(keys) do if not key.revoked then in_force = in_force + 1 end end
  local state = host.rules()
  return { html = ui.page(request, { title = t("Administration"), nav = "admin", main = {
    ui.heading(request, { text = t("Administration") }),
    #state.broken > 0 and ui.alert(request, { kind = "error",
      heading = request.tn(#state.broken, "1 program does not load", "{count} programs do not load"),
      h.p{ h.a{ href = "/admin/programs", t("See which and why") } } }),
    ui.figures(request, {
      { value = active, text = t("People who sign in"), href = "/admin/users" },
      { value = in_force, text = t("Keys of partner agencies"), href = "/admin/keys" },
      { value = state.programs, text = t("Programs"), href = "/admin/programs" },
    }),
    h.p{ t("The rules in force were loaded on {day} at {time}.", { day = request.day(state.loaded_at),
      time = request.time(state.loaded_at) }),
      " ", h.span{ class = "ask-hash", state.hash:sub(1, 12) } } } }) }
end

-- ---- programs ------------------------------------------------------------------------------------------------------------

local function report_of(request, report)
  local t = request.t
  local problems = {}
  for index, problem in ipairs(report.problems or {}) do
    local place = problem.file and problem.file .. (problem.line and ":" .. problem.line or "")
    problems[index] = h.li{ place and h.code{ dir = "ltr", place }, place and " ", h.span{ lang = "en", problem.message },
      problem.hint and h.span{ class = "usa-hint", lang = "en", " ", problem.hint } }
  end
  local kind, heading
  if report.swapped then kind, heading = "success", t("The new rules are in force.")
  elseif report.unchanged then kind, heading = "info", t("Nothing has changed: the rules in force are these files.")
  else kind, heading = "error", t("The new rules were refused. The old ones stay in force.") end
  return ui.alert(request, { kind = kind, heading = heading, role = "status", id = "report",
    h.p{ t("{programs} programs, {cases} golden cases run, {failed} failed.",
      { programs = report.programs, cases = report.cases, failed = report.failed }) },
    #problems > 0 and h.ul{ class = "usa-list", problems } })
end

local function programs_page(request, report)
  local t = request.t
  local state, rows = host.rules(), {}
  local why = {}
  for _, one in ipairs(state.broken) do why[one.program] = one.why end
  for index, program in ipairs(rules.programs().list) do
    local id = program.program
    rows[index] = {
      h.a{ href = "/programs/" .. id, request.program_text(id, program.name) }, h.code{ id }, program.pack, program.version or "",
      h.span{ class = "ask-hash", (program.hash or ""):sub(1, 12) },
      why[id] and { ui.tag(request, t("Does not load"), "error"), " ", h.span{ lang = "en", why[id] } }
        or ui.tag(request, t("Works"), "success") }
  end
  return { html = ui.page(request, { title = t("Programs"), nav = "admin", wide = true, back = "/admin", main = {
    ui.heading(request, { text = t("Programs and their versions"),
      lead = t("Changed rules come into force only when all of them load and every golden case passes.") }),
    report and report_of(request, report),
    h.form{ method = "post", action = "/admin/programs/reload", ui.csrf(request),
      ui.button(request, { text = t("Load the changed rules") }) },
    ui.table(request, { caption = t("Programs that are loaded"), caption_hidden = true, columns = {
      { text = t("Program") }, { text = t("Id") }, { text = t("Pack") }, { text = t("Version") }, { text = t("Fingerprint") },
      { text = t("State") } }, rows = rows }) } }) }
end

local function reload(request)
  local report, reason = host.reload()
  if not report then return { failed = reason } end
  host.log("reload-by-page", { user = request.user.id })
  return programs_page(request, report)
end

-- ---- keys ----------------------------------------------------------------------------------------------------------------

local function keys_page(request, options)
  local t = request.t
  local keys, reason = host.keys.list()
  if not keys then return { failed = reason } end
  local rows = {}
  for index, key in ipairs(keys) do
    rows[#keys - index + 1] = { h.bdi{ key.name }, request.day(key.created),
      key.revoked and { ui.tag(request, t("Revoked")), " ", request.day(key.revoked) } or ui.tag(request, t("In force"), "success"),
      not key.revoked and h.a{ href = "/admin/keys/" .. key.id .. "/revoke", t("Revoke"),
        h.span{ class = "usa-sr-only", " ", key.name } } }
  end
  return { status = options.status, html = ui.page(request, { title = t("Keys of partner agencies"), nav = "admin", back = "/admin",
    errors = options.error and { { field = "partner", message = options.error } }, status = options.done, main = {
      ui.heading(request, { text = t("Keys of partner agencies"),
        lead = t("A partner's system sends its key with each request. It is shown once, when it is made.") }),
      options.key and ui.alert(request, { kind = "success", role = "status",
        heading = t("The key of {partner}", { partner = options.partner }),
        h.p{ h.code{ class = "ask-secret", dir = "ltr", options.key } },
        h.p{ t("Give it to the partner on a safe way. It cannot be shown again.") } }),
      h.form{ method = "post", action = "/admin/keys", ui.csrf(request),
        ui.field(request, { name = "partner", type = "text", label = t("Name of the agency or system"), value = options.name,
          max_length = 100, error = options.error }),
        ui.button(request, { text = t("Make a key") }) },
      h.h2{ t("Keys that were made") },
      ui.table(request, { caption = t("Keys that were made"), caption_hidden = true, empty = t("No partner has a key yet."), columns = {
        { text = t("Partner") }, { text = t("Made") }, { text = t("State") }, { text = t("Action"), hidden = true } }, rows = rows }) } }) }
end

local function add_key(request)
  local t = request.t
  local name = request.form.partner or ""
  local key, reason, problems = host.keys.add(name)
  if key then
    host.log("key-added", { user = request.user.id })
    return keys_page(request, { key = key, partner = name })
  end
  if reason ~= "unacceptable" then return { failed = reason } end
  local problem = problems and problems[1]
  return keys_page(request, { name = name, status = 422,
    error = problem and ui.problem_words(request, problem) or t("This name cannot be used.") })
end

local function ask_revoke(request)
  local t = request.t
  for _, key in ipairs(host.keys.list() or {}) do
    if key.id == request.params.id and not key.revoked then
      return { html = ui.page(request, { title = t("Revoke a key"), nav = "admin", back = "/admin/keys", main = {
        ui.heading(request, { text = t("Revoke the key of {partner}?", { partner = key.name }) }),
        h.p{ t("From now on no request with this key is answered. This cannot be taken back.") },
        h.form{ method = "post", action = request.path, ui.csrf(request),
          ui.buttons(request, { ui.button(request, { text = t("Revoke the key"), kind = "secondary" }),
            ui.button(request, { text = t("Keep it"), kind = "outline", href = "/admin/keys" }) }) } } }) }
    end
  end
  return { status = 404 }
end

local function revoke(request)
  local done, reason = host.keys.revoke(request.params.id)
  if not done then return { failed = reason } end
  host.log("key-revoked", { user = request.user.id, key = request.params.id })
  return { redirect = "/admin/keys?revoked=1" }
end

return {
  { "GET", "/admin", roles = roles, overview },
  { "GET", "/admin/programs", roles = roles, function(request) return programs_page(request) end },
  { "POST", "/admin/programs/reload", roles = roles, reload },
  { "GET", "/admin/keys", roles = roles, function(request)
    return keys_page(request, { done = request.query.revoked and request.t("The key is revoked.") })
  end },
  { "POST", "/admin/keys", roles = roles, add_key },
  { "GET", "/admin/keys/{id}/revoke", roles = roles, ask_revoke },
  { "POST", "/admin/keys/{id}/revoke", roles = roles, revoke },
}
