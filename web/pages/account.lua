-- One's own account: language of the interface, password.

local h = require "lib.html"
local ui = require "lib.ui"

local function show(request, options)
  local t, user = request.t, request.user
  options = options or {}
  local languages = {}
  for index, entry in ipairs(host.languages()) do languages[index] = { id = entry.tag, text = entry.name } end
  return { status = options.status, html = ui.page(request, { title = t("Your account"), status = options.done, main = {
    ui.heading(request, { text = t("Your account") }),
    ui.summary_list(request, {
      { key = t("Name"), value = h.bdi{ user.full_name } },
      { key = t("User name"), value = user.name },
      { key = t("Password"), value = "••••••••", href = "/account/password" },
    }),
    h.h2{ t("Language") },
    h.form{ method = "post", action = "/account", ui.csrf(request),
      ui.field(request, { name = "language", type = "choice", label = t("Language of your screens"), options = languages,
        value = request.language }),
      ui.button(request, { text = t("Save") }) } } }) }
end

local function save(request)
  local tag, known = request.form.language, false
  for _, entry in ipairs(host.languages()) do known = known or entry.tag == tag end
  if not known then return { redirect = "/account" } end
  local user, reason = host.accounts.change{ id = request.user.id, language = tag }
  if not user then return { failed = reason } end
  return { redirect = "/account?saved=1", cookies = { require("lib.session").language_cookie(tag) } }
end

local function password_page(request, errors, status)
  local t = request.t
  return { status = status, html = ui.page(request, { title = t("Choose a password"), errors = errors,
    back = not request.user.change_password and "/account" or nil, main = {
      ui.heading(request, { text = t("Choose a password") }),
      request.user.change_password and ui.alert(request, { kind = "info", slim = true,
        text = t("The password that you were given works once. Choose your own.") }),
      h.form{ method = "post", action = "/account/password", ui.csrf(request),
        ui.field(request, { name = "old_password", type = "password", label = t("Password now"), autocomplete = "current-password",
          error = ui.error_of(errors, "old_password") }),
        ui.field(request, { name = "new_password", type = "password", label = t("New password"), autocomplete = "new-password",
          hint = t("At least 12 letters, figures or signs. A few words in a row are easy to remember."),
          error = ui.error_of(errors, "new_password") }),
        ui.button(request, { text = t("Save") }) } } }) }
end

local function change_password(request)
  local t = request.t
  local done, reason, problems = host.accounts.set_password{ id = request.user.id, old = request.form.old_password or "",
    new = request.form.new_password or "", keep = request.session_token }
  if done then return { redirect = request.user.change_password and "/" or "/account?password=1" } end
  if reason == "wrong" then
    return password_page(request, { { field = "old_password", message = t("This is not your password now.") } }, 422)
  elseif reason == "locked" then
    return password_page(request, { { field = "old_password", message = t("Too many tries. Wait a while, then try again.") } }, 429)
  elseif reason == "unacceptable" then
    local errors = {}
    for index, problem in ipairs(problems or {}) do
      errors[index] = { field = "new_password", message = ui.problem_words(request, problem) }
    end
    return password_page(request, errors, 422)
  end
  return { failed = reason }
end

return {
  { "GET", "/account", roles = "signed in", function(request)
    local t = request.t
    return show(request, { done = request.query.saved and t("Saved.") or request.query.password and t("Your password is changed.") })
  end },
  { "POST", "/account", roles = "signed in", save },
  { "GET", "/account/password", roles = "signed in", any_password = true, function(request) return password_page(request) end },
  { "POST", "/account/password", roles = "signed in", any_password = true, change_password },
}
