-- Administration: the people who sign in.

local h = require "lib.html"
local rules = require "lib.rules"
local ui = require "lib.ui"

local roles = { "administrator" }

local function role_options(t)
  return {
    { id = "worker", text = t("Worker"), hint = t("Takes intakes and sees their results.") },
    { id = "supervisor", text = t("Supervisor"), hint = t("Also sees the team's cases and hands them over.") },
    { id = "nurse", text = t("Nurse"), hint = t("Fills the sections that only a nurse may fill.") },
    { id = "program_staff", text = t("Program staff"), hint = t("Sees the cases of one program.") },
    { id = "auditor", text = t("Auditor"), hint = t("Reads, changes nothing.") },
    { id = "administrator", text = t("Administrator"), hint = t("People, keys, programs. No cases.") },
  }
end

local function role_words(t, user)
  local words = {}
  for _, option in ipairs(role_options(t)) do
    if user.roles[option.id] then words[#words + 1] = option.text end
  end
  return table.concat(words, ", ")
end

local function program_options(request)
  local list = {}
  for _, program in ipairs(rules.programs().list) do
    if program.pack == "nyc" or #rules.programs().list < 40 then
      list[#list + 1] = { id = program.program, text = request.t_program(program.program, program.name) }
    end
  end
  table.sort(list, function(a, b) return host.fold(a.text) < host.fold(b.text) end)
  return list
end

local function fields(request, values, errors)
  local t = request.t
  return {
    ui.field(request, { name = "full_name", type = "text", label = t("Full name"), value = values.full_name, max_length = 100,
      error = ui.error_of(errors, "full_name") }),
    ui.field(request, { name = "roles", type = "choices", label = t("Roles"), options = role_options(t), value = values.roles,
      error = ui.error_of(errors, "roles") }),
    ui.field(request, { name = "program", type = "choice", as = "select", label = t("Program"), value = values.program,
      hint = t("For program staff only."), options = program_options(request), blank = t("None"), error = ui.error_of(errors, "program") }),
  }
end

local function form_values(request)
  local chosen = host.json.array {}
  for _, role in ipairs(request.form_all.roles or {}) do
    if role:match("^%l[%l_]*$") then chosen[#chosen + 1] = role end
  end
  return { name = request.form.name, full_name = request.form.full_name or "", roles = chosen, program = request.form.program or "" }
end

-- From problems of the engine to errors beside the fields.
local function errors_of(request, reason, problems)
  local t, errors = request.t, {}
  if reason == "taken" then return { { field = "name", message = t("Somebody has this user name already.") } } end
  if reason == "last" then
    return { { field = "roles", message = t("Nobody would be left who can administer. Make somebody else an administrator first.") } }
  end
  for index, problem in ipairs(problems or {}) do
    errors[index] = { field = problem.path, message = ui.problem_words(request, problem) }
  end
  if #errors == 0 then errors[1] = { message = t("That could not be saved.") } end
  return errors
end

local function list_page(request, options)
  local t = request.t
  local users, reason = host.accounts.list()
  if not users then return { failed = reason } end
  local rows = {}
  for index, user in ipairs(users) do
    rows[index] = { h.a{ href = "/admin/users/" .. user.id, h.bdi{ user.full_name ~= "" and user.full_name or user.name } }, user.name,
      role_words(t, user), user.signed_in and request.day(user.signed_in) or t("Never"),
      user.disabled and ui.tag(request, t("Switched off")) or ui.tag(request, t("In use"), "success") }
  end
  return { html = ui.page(request, { title = t("People who sign in"), nav = "admin", back = "/admin", wide = true, main = {
    ui.heading(request, { text = t("People who sign in") }), options and options.notice,
    h.p{ ui.button(request, { text = t("Add a person"), href = "/admin/users/new" }) },
    ui.table(request, { caption = t("People who sign in"), caption_hidden = true, columns = { { text = t("Name") },
      { text = t("User name") }, { text = t("Roles") }, { text = t("Last signed in") }, { text = t("State") } }, rows = rows }) } }) }
end

local function new_page(request, values, errors)
  local t = request.t
  values = values or {}
  return { status = errors and 422 or nil, html = ui.page(request, { title = t("Add a person"), nav = "admin", back = "/admin/users",
    errors = errors, main = {
      ui.heading(request, { text = t("Add a person") }),
      h.form{ method = "post", action = "/admin/users", ui.csrf(request),
        ui.field(request, { name = "name", type = "text", label = t("User name"), value = values.name, max_length = 64,
          hint = t("What the person signs in with: small letters, figures, and . _ - @"), error = ui.error_of(errors, "name") }),
        fields(request, values, errors),
        ui.button(request, { text = t("Add the person") }) } } }) }
end

local function password_notice(request, user, password)
  local t = request.t
  return ui.alert(request, { kind = "success", role = "status",
    heading = t("The first password of {name}", { name = user.full_name ~= "" and user.full_name or user.name }),
    h.p{ h.code{ class = "ask-secret", dir = "ltr", password } },
    h.p{ t("It is shown once. The person chooses a new one when they first sign in.") } })
end

local function add(request)
  local values = form_values(request)
  local user, second, problems = host.accounts.add(values)
  if not user then
    if second == "away" then return { failed = second } end
    return new_page(request, values, errors_of(request, second, problems))
  end
  host.log("user-added", { user = user.id, by = request.user.id })
  return list_page(request, { notice = password_notice(request, user, second) })
end

local function user_page(request, options)
  local t = request.t
  options = options or {}
  local user, reason = host.accounts.get(request.params.id)
  if not user then return { failed = reason } end
  local values = options.values
  if not values then
    values = { full_name = user.full_name, program = user.program, roles = {} }
    for role in pairs(user.roles) do table.insert(values.roles, role) end
  end
  local path = "/admin/users/" .. user.id
  local name = user.full_name ~= "" and user.full_name or user.name
  return { status = options.errors and 422 or nil, html = ui.page(request, { title = name, nav = "admin", back = "/admin/users",
    errors = options.errors, status = options.done, main = {
      ui.heading(request, { text = h.bdi{ name }, caption = user.name,
        tags = user.disabled and ui.tag(request, t("Switched off")) or nil }),
      options.notice,
      h.form{ method = "post", action = path, ui.csrf(request),
        h.input{ type = "hidden", name = "expected", value = user.version }, fields(request, values, options.errors),
        ui.button(request, { text = t("Save") }) },
      h.h2{ t("Password") },
      h.p{ t("A new first password ends the person's sessions and lifts a lock.") },
      h.form{ method = "post", action = path .. "/reset", ui.csrf(request),
        ui.button(request, { text = t("Make a new first password"), kind = "outline" }) },
      h.h2{ user.disabled and t("Switch on") or t("Switch off") },
      h.p{ user.disabled and t("The person can sign in again.")
        or t("The person cannot sign in, and is signed out now. Nothing is deleted.") },
      h.form{ method = "post", action = path .. "/state", ui.csrf(request),
        h.input{ type = "hidden", name = "expected", value = user.version },
        ui.button(request, { name = "disabled", value = user.disabled and "false" or "true",
          text = user.disabled and t("Switch this account on") or t("Switch this account off"),
          kind = user.disabled and "outline" or "secondary" }) } } }) }
end

local function change(request)
  local values = form_values(request)
  local user, reason, problems = host.accounts.change{ id = request.params.id, expected = math.tointeger(tonumber(request.form.expected)),
    full_name = values.full_name, roles = values.roles, program = values.program }
  if not user then
    if reason == "unacceptable" or reason == "last" then
      return user_page(request, { values = values, errors = errors_of(request, reason, problems) })
    elseif reason == "conflict" then -- what was typed stays, and saving again means it
      return user_page(request, { values = values, errors = { { message = request.t("Somebody else changed this meanwhile") } } })
    end
    return { failed = reason }
  end
  host.log("user-changed", { user = user.id, by = request.user.id })
  return { redirect = "/admin/users/" .. user.id .. "?saved=1" }
end

local function set_state(request)
  local user, reason, problems = host.accounts.change{ id = request.params.id, expected = math.tointeger(tonumber(request.form.expected)),
    disabled = request.form.disabled == "true" }
  if not user then
    if reason == "last" then return user_page(request, { errors = errors_of(request, reason, problems) }) end
    return { failed = reason }
  end
  host.log(user.disabled and "user-disabled" or "user-enabled", { user = user.id, by = request.user.id })
  return { redirect = "/admin/users/" .. user.id .. "?saved=1" }
end

local function reset(request)
  local user, why = host.accounts.get(request.params.id)
  if not user then return { failed = why } end
  local password, reason = host.accounts.reset(request.params.id)
  if not password then return { failed = reason } end
  host.log("password-reset", { user = user.id, by = request.user.id })
  return user_page(request, { notice = password_notice(request, user, password) })
end

return {
  { "GET", "/admin/users", roles = roles, function(request) return list_page(request) end },
  { "GET", "/admin/users/new", roles = roles, function(request) return new_page(request) end },
  { "POST", "/admin/users", roles = roles, add },
  { "GET", "/admin/users/{id}", roles = roles, function(request)
    return user_page(request, { done = request.query.saved and request.t("Saved.") })
  end },
  { "POST", "/admin/users/{id}", roles = roles, change },
  { "POST", "/admin/users/{id}/state", roles = roles, set_state },
  { "POST", "/admin/users/{id}/reset", roles = roles, reset },
}
