-- What the script shows by itself, in the page's language: the list of keys, that a session is about to end, the sign-in form for one
-- that has, and its words.

local h = require "lib.html"
local fields = require "lib.ui_fields"
local parts = require "lib.ui_parts"

local dialogs = {}

--- The keys of an intake.
function dialogs.keys(request)
  local t = request.t
  local function key(names, text)
    local keys = {}
    for index, name in ipairs(names) do keys[index] = { index > 1 and " + ", h.kbd{ name } } end
    return h.div{ class = "ask-keys__row", h.dt{ keys }, h.dd{ text } }
  end
  return h.dialog{ id = "keys", class = "ask-dialog", ["aria-labelledby"] = "keys-title",
    h.h2{ id = "keys-title", t("Keys") },
    h.dl{ class = "ask-keys",
      key({ "1 – 9" }, t("Choose an answer of the question you are in")),
      key({ "a – z" }, t("Choose the answer that begins with this letter")),
      key({ "Enter" }, t("Go to the next question")),
      key({ "Alt", "←" }, t("Previous section")),
      key({ "Alt", "→" }, t("Next section")),
      key({ "?" }, t("Show this list")) },
    h.div{ class = "usa-checkbox", h.input{ type = "checkbox", class = "usa-checkbox__input", id = "keys-on" },
      h.label{ class = "usa-checkbox__label", ["for"] = "keys-on", t("Use these keys on this computer") } },
    h.form{ method = "dialog", parts.button(request, { text = t("Close") }) } }
end

-- Microseconds to a moment as whole seconds.
local function seconds_to(request, moment) return math.max(0, (moment - request.now) // 1000000) end

-- Two minutes before the session ends (web/script/session.js).
local function ending(request)
  local t = request.t
  return h.dialog{ id = "session-ending", class = "ask-dialog", ["aria-labelledby"] = "ending-title", ["aria-describedby"] = "ending-why",
    ["data-idle"] = seconds_to(request, request.idle_until), ["data-end"] = seconds_to(request, request.ends_at),
    h.h2{ id = "ending-title", t("You are about to be signed out") },
    h.div{ id = "ending-why",
      h.p{ ["data-when"] = "idle", t("Nothing came from this window for a while. You will be signed out in 2 minutes.") },
      h.p{ ["data-when"] = "end", hidden = true,
        t("Your session has lasted as long as one may, and ends in 2 minutes. Then sign in again here: the page waits as it is.") },
      h.p{ t("What was saved is safe.") } },
    h.p{ class = "usa-error-message", id = "ending-error", role = "alert", hidden = true, t("There is no connection. Try again.") },
    h.form{ method = "post", action = "/session", ["data-when"] = "idle", fields.csrf(request),
      parts.button(request, { text = t("Stay signed in") }) },
    h.form{ method = "dialog", ["data-when"] = "end", hidden = true, parts.button(request, { text = t("Close") }) } }
end

--- Of a session: that it is about to end, and the sign-in form for when it has. And what the script says of saving.
function dialogs.session(request)
  local t = request.t
  return {
    request.idle_until and ending(request),
    h.dialog{ id = "sign-in-again", class = "ask-dialog", ["aria-labelledby"] = "sign-in-title",
      h.h2{ id = "sign-in-title", t("Sign in again") },
      h.p{ t("Your session ended. Nothing is lost: sign in, and what you typed is saved.") },
      h.form{ method = "post", action = "/sign-in", fields.csrf(request),
        h.p{ class = "usa-error-message", id = "sign-in-error", role = "alert", hidden = true },
        fields.field(request, { name = "name", id = "again-name", type = "text", label = t("User name"),
          value = request.user and request.user.name, autocomplete = "username" }),
        fields.field(request, { name = "password", id = "again-password", type = "password", label = t("Password"),
          autocomplete = "current-password" }),
        parts.button(request, { text = t("Sign in") }) } },
    h.div{ id = "texts", hidden = true,
      ["data-not-saved"] = t("Not saved yet"), ["data-changes-one"] = t("1 change waits"), ["data-goes-on"] = t("Goes on when it is saved"),
      ["data-changes-many"] = t("{count} changes wait", { count = "{count}" }),
      ["data-saving"] = t("Saving"), ["data-saved"] = t("Saved {time}", { time = "{time}" }),
      ["data-again"] = t("Saved. Everything is sent."), ["data-error"] = t("Error:"),
      ["data-merge"] = t("Somebody else changed an answer too. Look at both."),
      ["data-refused"] = t("An answer could not be saved. Load the page again and look at it."),
      ["data-wrong"] = t("The name or the password is wrong.") },
  }
end

return dialogs
