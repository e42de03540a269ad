-- Who asks: the session's cookie, the token that proves that a form is ours, and what happens when a session has ended.

local session = {}

local flags = "; Path=/; Secure; HttpOnly; SameSite=Lax"

function session.cookie(token) return "__Host-askonce=" .. token .. flags end
function session.end_cookie() return "__Host-askonce=" .. flags .. "; Max-Age=0" end
-- For who has not signed in yet: the sign-in form's token is this cookie's value, which no other site can set or read.
function session.visitor_cookie(value) return "__Host-askonce-visitor=" .. value .. flags end
function session.language_cookie(tag) return "__Host-askonce-language=" .. tag .. flags .. "; Max-Age=31536000" end

--- Sets request.user, session_token, csrf, session_ended ("idle", "ended"). "away" when the store cannot be asked.
function session.read(request, raw)
  request.sent_csrf = request.form.csrf or raw.csrf_header
  request.cross_site = raw.cross_site
  local token = raw.session
  if token then
    local user, info = host.accounts.session(token)
    if user then
      request.user, request.session_token, request.csrf = user, token, info.csrf
      request.idle_until, request.ends_at = info.idle_until, info.ends_at
      return nil
    end
    if info == "away" then return "away" end
    request.session_ended = info
  end
  local visitor = raw.visitor
  if not visitor or not visitor:match("^%x+$") or #visitor ~= 64 then
    visitor = host.random()
    request.new_visitor = visitor
  end
  request.csrf = visitor
  return nil
end

local function same(a, b)
  if type(a) ~= "string" or type(b) ~= "string" or #a ~= #b then return false end
  local difference = 0
  for index = 1, #a do difference = difference | (a:byte(index) ~ b:byte(index)) end
  return difference == 0
end

--- A POST comes from a page of ours, which this person was given. A form that was sent before signing in again (request.resumed)
--- came with the sign-in form, which was checked.
function session.is_own_form(request)
  if request.resumed then return true end
  return not request.cross_site and not request.new_visitor and same(request.sent_csrf, request.csrf)
end

return session
