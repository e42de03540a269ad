-- Every request of the worker's app comes here: who asks, may they, is it their own form, which page answers.

require "lib.cache"
local h = require "lib.html"
local language = require "lib.language"
local session = require "lib.session"
local sign_in = require "pages.sign_in"
local ui = require "lib.ui"

-- ---- routes ------------------------------------------------------------------------------------------------------------

local roles_known = { worker = true, supervisor = true, nurse = true, program_staff = true, auditor = true, administrator = true }
local routes = {}

local function split(path)
  local segments = {}
  for segment in path:gmatch("[^/]+") do segments[#segments + 1] = segment end
  return segments
end

-- Words before variables: /clients/new is not the client "new".
local function rank(segments)
  local text = {}
  for index, segment in ipairs(segments) do text[index] = segment:sub(1, 1) == "{" and "1" or "0" end
  return table.concat(text)
end

for _, file in ipairs(host.page_files) do
  for _, row in ipairs(require(file)) do
    local method, path, roles, answer = row[1], row[2], row.roles, row[3]
    local where = file .. ": " .. tostring(method) .. " " .. tostring(path)
    assert((method == "GET" or method == "POST") and type(path) == "string" and type(answer) == "function", where)
    if type(roles) == "table" then
      assert(#roles > 0, where .. ": no roles")
      for _, role in ipairs(roles) do assert(roles_known[role], where .. ": there is no role " .. tostring(role)) end
    else
      assert(roles == "public" or roles == "signed in", where .. ": says not who may use it")
    end
    local segments = split(path)
    routes[#routes + 1] = { method = method, path = path, roles = roles, answer = answer, segments = segments,
      rank = rank(segments), any_password = row.any_password, public = row.public }
  end
end
table.sort(routes, function(a, b)
  if a.rank ~= b.rank then return a.rank < b.rank end
  if a.path ~= b.path then return a.path < b.path end
  return a.method < b.method
end)
for index = 2, #routes do
  local a, b = routes[index - 1], routes[index]
  assert(a.path ~= b.path or a.method ~= b.method, "two pages answer " .. a.method .. " " .. a.path)
end

local has_page = {} -- paths, as in the routes, that a browser can be sent to
for _, route in ipairs(routes) do has_page[route.path] = has_page[route.path] or route.method == "GET" end

local function fits(route, segments)
  if #route.segments ~= #segments then return nil end
  local params = {}
  for index, segment in ipairs(route.segments) do
    local name = segment:match("^{([%w_]+)}$")
    if name then
      params[name] = segments[index]
    elseif segment ~= segments[index] then
      return nil
    end
  end
  return params
end

-- The route and its variables; or nil and whether the path exists with another method.
local function find(method, segments)
  local other = false
  for _, route in ipairs(routes) do
    local params = fits(route, segments)
    if params and route.method == method then return route, params end
    other = other or params ~= nil
  end
  return nil, other
end

local function may(user, roles)
  if roles == "signed in" then return true end
  for _, role in ipairs(roles) do if user.roles[role] then return true end end
  return false
end

-- ---- the request ---------------------------------------------------------------------------------------------------------

local function escape_segment(text)
  return (text:gsub("[^%w._~-]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

local function pairs_of(list)
  local last, all = {}, {}
  for _, pair in ipairs(list) do
    local name, value = pair[1], pair[2]
    last[name] = value
    all[name] = all[name] or {}
    table.insert(all[name], value)
  end
  return last, all
end

-- "?name=Rosa&dob.year=1944" of pairs; "" of none.
local function query_of(list)
  local parts = {}
  for index, pair in ipairs(list) do parts[index] = escape_segment(pair[1]) .. "=" .. escape_segment(pair[2]) end
  return #parts > 0 and "?" .. table.concat(parts, "&") or ""
end

local function speak(request, tag)
  local one = language.of(tag) or language.of("en")
  request.language, request.dir = one.tag, one.dir
  for _, name in ipairs { "t", "tn", "t_form", "t_program", "form_text", "program_text", "date", "day", "time", "money" } do
    request[name] = one[name]
  end
end

-- What an address holds of people is sealed, so that a browser's history says nothing: ?s=DIGITS stands for names and values.
local function unsealed(pairs_given)
  local list = {}
  for _, pair in ipairs(pairs_given) do
    local text = pair[1] == "s" and host.unseal(pair[2])
    local read = text and host.json.decode(text)
    if type(read) == "table" then
      for name, value in pairs(read) do
        if type(value) == "string" then list[#list + 1] = { name, value } end
      end
    elseif pair[1] ~= "s" then
      list[#list + 1] = pair
    end
  end
  return list
end

local function sealed(values) return "?s=" .. host.seal(host.json.encode(values)) end

local function path_of(segments)
  local parts = {}
  for index, segment in ipairs(segments) do parts[index] = escape_segment(segment) end
  return "/" .. table.concat(parts, "/")
end

-- Where one comes back to, such as after choosing another language. What a form is sent to is often no page: then the one above it.
local function place_of(request, route)
  if request.method == "GET" then return request.path .. query_of(request.query_pairs) end
  local path, segments = route and route.path or "", table.move(request.segments, 1, #request.segments, 1, {})
  while path ~= "" and not has_page[path] do
    path = path:match("^(.*)/")
    table.remove(segments)
  end
  return path_of(segments)
end

local function request_of(raw)
  local request = { method = raw.method, segments = raw.segments, script = raw.script, address = raw.address, json = raw.json,
    now = host.now(), today = host.today(), chosen_language = raw.chosen_language }
  request.path = path_of(raw.segments)
  request.query, request.query_all = pairs_of(unsealed(raw.query_pairs))
  request.sealed = sealed
  request.query_pairs = raw.query_pairs
  request.form, request.form_all = pairs_of(raw.form_pairs)
  request.form_pairs = raw.form_pairs
  return request
end

-- ---- replies ---------------------------------------------------------------------------------------------------------------

local function html(request, node, status)
  return { status = status or 200, content_type = "text/html; charset=utf-8", body = h.render(node, not request.script) }
end

local function json(value, status)
  return { status = status or 200, content_type = "application/json", body = host.json.encode(value) }
end

-- What went wrong, in words, and what to do.
local failures = {
  [400] = function(t) return t("That could not be read"), t("Go back, reload the page, and try again.") end,
  [403] = function(t) return t("This page is not for your role"), t("If you need it, ask the administrator.") end,
  [404] = function(t) return t("There is no such page"), t("It may have been moved, or it is not yours to see.") end,
  [405] = function(t) return t("That cannot be done here"), t("Go back, reload the page, and try again.") end,
  [409] = function(t)
    return t("Somebody else changed this meanwhile"), t("Go back, reload the page, and look at what is there now.")
  end,
  [413] = function(t)
    return t("This is more than one case can hold"), t("Go back and make the longest texts shorter. What was saved before is safe.")
  end,
  [419] = function(t)
    return t("This form is too old"), t("Go back, reload the page, and send it again. What was saved is safe.")
  end,
  [503] = function(t)
    return t("The records cannot be reached"), t("Nothing was changed. What was saved before is safe. Try again in a minute.")
  end,
}

local function failure(request, status)
  local heading, advice = (failures[status] or failures[400])(request.t)
  local shown = status == 419 and 403 or status
  if request.script then
    -- The script signs in again from where it is, with the token of the session that there is now. No other site can read it.
    local csrf = status == 419 and not request.cross_site and request.csrf or nil
    return json({ error = heading, advice = advice, status = status, csrf = csrf }, shown)
  end
  return html(request, ui.page(request, { title = heading, main = {
    h.h1{ heading }, h.p{ advice }, h.p{ h.a{ href = "/", request.t("To the start") } } } }), shown)
end

local reasons = { ["not-found"] = 404, conflict = 409, forbidden = 403, unacceptable = 400, ["too-large"] = 413 }

local function reply_of(request, given)
  local reply
  if given.raw then
    reply = given.raw
  elseif given.failed then
    reply = failure(request, reasons[given.failed] or 503)
  elseif given.redirect then
    reply = { status = 303, location = given.redirect, body = "" }
    if request.script then reply = json({ go = given.redirect }) end
  elseif given.json then
    reply = json(given.json, given.status)
  elseif given.html then
    reply = html(request, given.html, given.status)
  else
    reply = failure(request, given.status or 404)
  end
  reply.cookies, reply.retry_after = given.cookies, given.retry_after
  return reply
end

-- No session: the sign-in page, which keeps where the person was going and what was typed.
local function ask_to_sign_in(request)
  if request.script then return { status = 401, json = { sign_in = true, ended = request.session_ended, csrf = request.csrf } } end
  return sign_in.ask(request)
end

-- ---- answering ---------------------------------------------------------------------------------------------------------------

-- A page asks for another answer to the same request, such as what was typed before the session ended.
local function dispatch(request)
  local route, params = find(request.method, request.segments)
  request.here = place_of(request, route)
  if not route then return failure(request, params and 405 or 404) end
  if route.roles ~= "public" then
    if not request.user then return reply_of(request, ask_to_sign_in(request)) end
    if request.user.change_password and not route.any_password then
      return reply_of(request, { redirect = "/account/password" })
    end
    if not may(request.user, route.roles) then return failure(request, 403) end
  end
  if request.method == "POST" and not session.is_own_form(request) then return failure(request, 419) end
  request.params = params
  return reply_of(request, route.answer(request))
end

return function(raw)
  local request = request_of(raw)
  request.dispatch = dispatch
  local problem = session.read(request, raw)
  request.speak = function(tag) speak(request, tag) end
  speak(request, language.choose(
    table.pack(raw.chosen_language, request.user and request.user.language), raw.accept_language))
  if problem then return failure(request, 503) end
  local reply = dispatch(request)
  reply.cookies = reply.cookies or host.json.array {}
  if request.new_visitor then table.insert(reply.cookies, session.visitor_cookie(request.new_visitor)) end
  return reply
end
