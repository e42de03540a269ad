-- Signing in and out. A session that ended loses nothing: where the person was going, and what a form had sent, come along with
-- the sign-in form and go on from there.

local h = require "lib.html"
local people = require "model.people"
local session = require "lib.session"
local ui = require "lib.ui"

local function why_again(request)
  local t = request.t
  if request.session_ended == "idle" then
    return t("You were signed out because nothing happened for a while. What was saved is safe.")
  elseif request.session_ended == "ended" then
    return t("Your session has reached its end. What was saved is safe.")
  end
end

-- options: error, name, back, keep (what a form had sent, as JSON), status
local function page(request, options)
  local t = request.t
  local reason = why_again(request)
  local notice = options.keep and t("Sign in, and what you typed is sent.") or nil
  return { status = options.status, retry_after = options.retry_after, html = ui.page(request, {
    title = t("Sign in"), narrow = true, errors = options.error and { { message = options.error, field = "name" } },
    main = { h.div{ class = "ask-sign-in",
      h.h1{ t("Sign in") },
      (reason or notice) and ui.alert(request, { kind = "info", slim = true, text = table.concat({ reason or "", notice or "" }, " ") }),
      h.form{ method = "post", action = "/sign-in",
        ui.csrf(request),
        options.back and h.input{ type = "hidden", name = "back", value = options.back },
        options.keep and h.input{ type = "hidden", name = "keep", value = options.keep },
        ui.field(request, { name = "name", type = "text", label = t("User name"), value = options.name, autocomplete = "username" }),
        ui.field(request, { name = "password", type = "password", label = t("Password"), autocomplete = "current-password" }),
        ui.button(request, { text = t("Sign in") }) },
      h.p{ class = "usa-hint", t("No account, or forgot the password? Ask your administrator.") } } } }) }
end

-- A path of ours, or nil.
local function own_path(text)
  if text and #text <= 2000 and text:match("^/[!-~]*$") and not text:match("^//") and not text:find("\\", 1, true)
    and not text:match("^/sign%-") then
    return text
  end
end

local function escape(text)
  return (text:gsub("[^%w._~-]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

-- Asked for a page that needs a session. What another site sent is not kept: signing in would send it.
local function ask(request)
  if request.method == "GET" then
    return page(request, { back = request.path ~= "/" and request.here or nil, status = 401 })
  end
  if request.cross_site then return page(request, { status = 401 }) end
  local pairs_kept = host.json.array {}
  for _, pair in ipairs(request.form_pairs) do
    if pair[1] ~= "csrf" and not pair[1]:match("password") then pairs_kept[#pairs_kept + 1] = pair end
  end
  local query = host.json.array {}
  for name, value in pairs(request.query) do query[#query + 1] = { name, value } end
  local keep = host.json.encode { segments = host.json.array(request.segments), query = query, form = pairs_kept }
  return page(request, { keep = keep, status = 401 })
end

local function words_for(request, reason, seconds)
  local t = request.t
  if reason == "wrong" then return t("The name or the password is wrong."), 401 end
  if reason == "locked" then
    local minutes = math.max(1, math.ceil((seconds or 60) / 60))
    return request.tn(minutes, "Too many tries. Try again in 1 minute.", "Too many tries. Try again in {count} minutes."), 429
  end
  return t("The records cannot be reached. Try again in a minute."), 503
end

-- A list of {name, value} as the last value of each name, and all of them; nil when it is none.
local function read_pairs(list)
  local last, all = {}, {}
  if type(list) ~= "table" then return nil end
  for _, pair in ipairs(list) do
    if type(pair) ~= "table" or type(pair[1]) ~= "string" or type(pair[2]) ~= "string" then return nil end
    last[pair[1]] = pair[2]
    all[pair[1]] = all[pair[1]] or {}
    table.insert(all[pair[1]], pair[2])
  end
  return last, all
end

-- The form that waited for the session, sent now, to the same address: which step of a page it is stands in the query.
local function resume(request, keep)
  local read = host.json.decode(keep)
  if type(read) ~= "table" or type(read.segments) ~= "table" then return nil end
  local form, all = read_pairs(read.form)
  local query, query_all = read_pairs(read.query)
  if not form or not query then return nil end
  local segments, path = {}, {}
  for index, segment in ipairs(read.segments) do
    if type(segment) ~= "string" then return nil end
    segments[index], path[index] = segment, escape(segment)
  end
  if segments[1] == "sign-in" then return nil end
  request.segments, request.path = segments, "/" .. table.concat(path, "/")
  request.query, request.query_all = query, query_all
  request.form, request.form_all, request.form_pairs, request.resumed = form, all, read.form, true
  return request.dispatch(request)
end

-- Somebody else signed in than the one who typed what waits: whose it is to be, they have to say.
local function somebody_elses(request, keep, by)
  local t = request.t
  local name = h.bdi{ people.name(request, by) or t("Somebody who has no account any more") }
  return { html = ui.page(request, { title = t("Not yours"), narrow = true, main = {
    h.h1{ t("This was typed by somebody else") },
    h.p{ t("You are signed in as {name}.", { name = request.user.full_name or request.user.name }) },
    h.p{ t("What waits to be saved was typed before that by:"), " ", h.strong{ name } },
    h.form{ method = "post", action = "/sign-in/kept", ui.csrf(request),
      h.input{ type = "hidden", name = "keep", value = keep },
      h.div{ class = "usa-button-group",
        ui.button(request, { text = t("Save it under my name"), name = "go", value = "mine" }),
        ui.button(request, { text = t("Throw it away"), name = "go", value = "away", kind = "outline" }) } } } }) }
end

-- Whose form waits, as it said itself.
local function maker_of(keep)
  local read = host.json.decode(keep)
  local form = type(read) == "table" and read_pairs(read.form)
  return form and form.by
end

local function kept(request)
  if request.form.go == "mine" then
    local reply = resume(request, request.form.keep or "")
    if reply then return { raw = reply } end
  end
  return { redirect = "/" }
end

local function sign_in(request)
  local name, password = request.form.name or "", request.form.password or ""
  local token, user, info = host.accounts.sign_in(name, password)
  if not token then
    local message, status = words_for(request, user, info)
    host.log("sign-in-refused", { why = user, address = request.address })
    if request.script then return { status = status, json = { ok = false, error = message } } end
    return page(request, { error = message, name = name, status = status, back = own_path(request.form.back),
      keep = request.form.keep, retry_after = user == "locked" and info or nil })
  end
  local by = request.form.by
  if request.script and by and by ~= user.id then -- what waits in the window is not theirs to send
    host.accounts.sign_out(token)
    return { status = 403, json = { ok = false, error = request.t("This window holds what somebody else typed, who has to sign in here. "
      .. "To work under your own name, close it and open a new one.") } }
  end
  host.log("signed-in", { user = user.id })
  request.user, request.session_token, request.csrf = user, token, info.csrf
  request.new_visitor, request.session_ended = nil, nil
  local cookies = { session.cookie(token) }
  if request.script then return { json = { ok = true, csrf = info.csrf }, cookies = cookies } end
  if request.form.keep and not user.change_password then
    local maker = maker_of(request.form.keep)
    if maker and maker ~= user.id then
      local answer = somebody_elses(request, request.form.keep, maker)
      answer.cookies = cookies
      return answer
    end
    local reply = resume(request, request.form.keep)
    if reply then
      if reply.status == 303 then return { redirect = reply.location, cookies = cookies } end
      return { raw = reply, cookies = cookies }
    end
  end
  return { redirect = own_path(request.form.back) or "/", cookies = cookies }
end

local function sign_out(request)
  if request.session_token then host.accounts.sign_out(request.session_token) end
  return { redirect = "/sign-in", cookies = { session.end_cookie() } }
end

local function choose_language(request)
  local tag = request.form.language or ""
  local known = false
  for _, entry in ipairs(host.languages()) do known = known or entry.tag == tag end
  return { redirect = own_path(request.form.back) or "/", cookies = known and { session.language_cookie(tag) } or nil }
end

-- Where somebody's work is.
local function home(request)
  local roles = request.user.roles
  if roles.worker or roles.supervisor or roles.nurse or roles.program_staff then return { redirect = "/work" } end
  if roles.administrator then return { redirect = "/admin" } end
  return { redirect = "/programs" }
end

return {
  { "GET", "/", roles = "signed in", home },
  { "GET", "/sign-in", roles = "public", function(request)
    if request.user then return { redirect = "/" } end
    return page(request, {})
  end },
  { "POST", "/sign-in", roles = "public", sign_in },
  { "POST", "/sign-in/kept", roles = "signed in", kept },
  { "POST", "/session", roles = "signed in", any_password = true, function() return { json = { ok = true } } end }, -- is a request, no more
  { "POST", "/sign-out", roles = "signed in", any_password = true, sign_out },
  { "POST", "/language", roles = "public", choose_language },
  ask = ask,
}
