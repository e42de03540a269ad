-- The whole document: head, skip link, header with navigation by role, language switch and sign-out, main, footer.

local h = require "lib.html"
local dialogs = require "lib.ui_dialogs"
local fields = require "lib.ui_fields"
local parts = require "lib.ui_parts"

local page = {}

local product = "askonce"
-- A place that tells nobody anything about the person who was here.
local neutral_place = "https://www.weather.gov/okx/"

-- The navigation: which roles see what. "*": everyone who is signed in.
local places = {
  { key = "clients", href = "/clients", text = function(t) return t("Clients") end, roles = { "worker", "supervisor", "nurse" } },
  { key = "work", href = "/work", text = function(t) return t("My work") end,
    roles = { "worker", "supervisor", "nurse", "program_staff" } },
  { key = "programs", href = "/programs", text = function(t) return t("Programs") end, roles = { "*" } },
  { key = "admin", href = "/admin", text = function(t) return t("Administration") end, roles = { "administrator" } },
}

local function sees(user, place)
  for _, role in ipairs(place.roles) do
    if role == "*" or user.roles and user.roles[role] then return true end
  end
  return false
end

local function navigation(request, current)
  local items = {}
  for _, place in ipairs(places) do
    if sees(request.user, place) then
      items[#items + 1] = h.li{ class = "usa-nav__primary-item", h.a{
        class = "usa-nav__link" .. (place.key == current and " usa-current" or ""), href = place.href,
        ["aria-current"] = place.key == current and "page", place.text(request.t) } }
    end
  end
  return h.nav{ class = "usa-nav", ["aria-label"] = request.t("Main"), h.ul{ class = "usa-nav__primary", items } }
end

-- One button for each other language, as forms: the choice is kept by the server, so that it works without script.
local function languages(request)
  local known = host and host.languages and host.languages() or {}
  local buttons = {}
  for _, language in ipairs(known) do
    if language.tag ~= request.language then
      buttons[#buttons + 1] = h.li{ h.button{ class = "ask-header__button", name = "language", value = language.tag,
        lang = language.tag, dir = language.direction, language.name } }
    end
  end
  if #buttons == 0 then return false end
  local list = h.ul{ class = "ask-languages", buttons }
  if #buttons > 2 then
    list = h.details{ class = "ask-menu", h.summary{ class = "ask-header__button", request.t("Language") }, list }
  end
  return h.form{ method = "post", action = "/language", fields.csrf(request),
    h.input{ type = "hidden", name = "back", value = request.here or "/" }, list }
end

local function header(request, options)
  local user = request.user
  return h.header{ class = "usa-header", h.div{ class = "ask-header__inner",
    h.a{ class = "usa-logo", href = "/", parts.icon("mark"), h.span{ lang = "en", product } },
    user and navigation(request, options.nav),
    h.div{ class = "ask-header__tools",
      languages(request),
      user and h.form{ method = "post", action = "/sign-out", class = "ask-header__user", fields.csrf(request),
        h.a{ class = "ask-header__name", href = "/account", h.bdi{ user.full_name or user.name } },
        h.button{ class = "ask-header__button", request.t("Sign out") } } } } }
end

-- The shapes that icon() refers to, once for each page. Drawn in the colour of the text around them.
local shapes = {
  mark = { "M3 4h18v12H11l-5 4v-4H3zM7 10l3 3 6-6" },
  likely = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM8 12l3 3 5-6" },
  possible = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z", "M12 3a9 9 0 0 1 0 18z" },
  unlikely = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM8 12h8" },
  need_info = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.5-1.1 1-1.1 1.8M12 16.2v.3" },
  withheld = { "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3" },
  error = { "M12 3l9.500 17h-19zM12 10v4M12 16.800v.3" },
  info = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 11v5.500M12 7.500v.3" },
  clock = { "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3 2" },
  done = { "M5 12.500l5 5 9-11" },
  again = { "M5 12a7 7 0 0 1 12-5l2 2M19 4v5h-5M19 12a7 7 0 0 1-12 5l-2-2M5 20v-5h5" },
}
local filled = { possible = 2 }

local function sprite()
  local symbols, names = {}, {}
  for name in pairs(shapes) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local paths = {}
    for index, path in ipairs(shapes[name]) do
      paths[index] = h.path{ d = path, fill = filled[name] == index and "currentColor" }
    end
    symbols[#symbols + 1] = h.symbol{ id = "i-" .. name, viewBox = "0 0 24 24", paths }
  end
  return h.svg{ class = "ask-sprite", width = "0", height = "0", ["aria-hidden"] = "true", focusable = "false", symbols }
end

--- What is wrong with a field, of such a list as error_summary takes (or nil); nil: nothing.
function page.error_of(errors, field)
  for _, problem in ipairs(errors or {}) do if problem.field == field then return problem.message end end
end

--- The words for what the engine says of a field, { message, hint }.
function page.problem_words(request, problem)
  local text = request.t(problem.message):gsub("^%l", string.upper)
  return problem.hint and text .. ": " .. request.t(problem.hint) or text
end

--- The list of what is wrong, at the top of a page; each links to its field. The script puts the focus on it.
--- errors: list of { message=, field= the field's name (or id= the element's id), or neither for the whole form }.
function page.error_summary(request, errors)
  local items = {}
  for index, problem in ipairs(errors) do
    local id = problem.id or problem.field and fields.id(problem.field)
    items[index] = h.li{ id and h.a{ href = "#" .. id, problem.message } or problem.message }
  end
  return h.div{ class = "usa-alert usa-alert--error ask-error-summary", id = "error-summary", tabindex = "-1",
    ["aria-labelledby"] = "error-summary-title", h.div{ class = "usa-alert__body", role = "alert",
      h.h2{ class = "usa-alert__heading", id = "error-summary-title", request.t("There is a problem") },
      h.ul{ class = "usa-list", items } } }
end

--- The whole page. options:
---   title        text; also the document's title. No heading is made of it: put an h1 into main.
---   main         nodes
---   aside        nodes beside main (a column of its own at the end), or nil
---   wide         true: main takes the page's whole width (tables, the intake); else a column that reads well
---   narrow       true: one small box in the middle (sign-in)
---   nav          "clients", "work", "programs" or "admin": where in the navigation the page is
---   back         { href=, text= } or a path: a link above main
---   errors       list as for error_summary; shown above main, and said in the document's title
---   status       text: what was just done ("The client was added."); said by screen readers
---   live         true: the page has a form with data-autosave: brings the script's dialogs and texts
---   quick_exit   true: a link that leaves for a neutral page, always in sight
---   print        true: a button that prints, and the page is laid out for paper
function page.page(request, options)
  local t = request.t
  local errors = options.errors and #options.errors > 0 and options.errors
  local assets = host and host.assets or {}
  local back = options.back
  if type(back) == "string" then back = { href = back } end
  local content = {
    errors and page.error_summary(request, errors),
    options.status and parts.alert(request, { kind = "success", text = options.status, slim = true, role = "status" }),
    options.main,
  }
  -- What the style has to know of the whole document.
  local class = (options.live and "ask-live " or "") .. (options.quick_exit and "ask-exit" or "")
  return h.html{ lang = request.language or "en", dir = request.dir or "ltr", class = class ~= "" and class,
    h.head{
      h.meta{ charset = "utf-8" },
      h.title{ errors and { t("Error:"), " " }, options.title, " – ", product },
      h.meta{ name = "viewport", content = "width=device-width, initial-scale=1" },
      h.meta{ name = "color-scheme", content = "light" },
      h.meta{ name = "robots", content = "noindex" },
      assets.style and h.link{ rel = "stylesheet", href = assets.style },
      assets.script and h.script_file(assets.script) },
    h.body{ class = (options.print and "ask-print-page" or nil),
      h.a{ class = "usa-skipnav", href = "#main", t("Skip to the main content") },
      sprite(),
      header(request, options),
      h.div{ class = "ask-page" .. (options.wide and " ask-page--wide" or "")
        .. (options.narrow and " ask-page--narrow" or "") .. (options.aside and " ask-page--aside" or ""),
        (back or options.print or options.quick_exit) and h.nav{ ["aria-label"] = t("This page"),
          class = "ask-page__top" .. (options.quick_exit and " ask-page__top--stays" or ""),
          back and h.a{ class = "ask-back", href = back.href, back.text or t("Back") },
          options.quick_exit and h.a{ class = "ask-quick-exit usa-button usa-button--secondary", href = neutral_place,
            ["data-quick-exit"] = true, rel = "noreferrer", t("Leave this page now"),
            h.span{ class = "usa-sr-only", " ", t("or press Escape three times") } },
          options.print and h.button{ type = "button", class = "usa-button usa-button--outline ask-print-button",
            ["data-print"] = true, t("Print") } },
        h.main{ id = "main", tabindex = "-1", content },
        options.aside and h.aside{ class = "ask-aside", options.aside } },
      h.footer{ class = "usa-footer", h.div{ class = "ask-footer__inner",
        h.p{ t("This is a screening. Only the agency decides.") },
        request.user and h.a{ class = "ask-footer__account", href = "/account", t("Your account") },
        options.live and h.button{ type = "button", class = "usa-button usa-button--unstyled ask-needs-script",
          ["data-open"] = "keys", t("Keys") } } },
      h.div{ id = "say", class = "usa-sr-only", role = "status", ["aria-live"] = "polite" },
      options.live and dialogs.keys(request),
      (options.live or request.user) and dialogs.session(request) } }
end

return page
