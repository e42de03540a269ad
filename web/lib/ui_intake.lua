-- What stands around the questions of an intake: the list of sections, the live panel of programs, the saved indicator, the frame
-- of three columns. The parts that the server sends again after each answer have ids: #sections, #questions, #panel, #saved.

local h = require "lib.html"
local fields = require "lib.ui_fields"
local parts = require "lib.ui_parts"

local intake = {}

--- The three columns. options: sections, main, panel (nodes). Each column stands by itself: what changes in one moves nothing in
--- another. Below 1200 pixels two columns, below 640 one, with the panel in a drawer at the bottom.
function intake.columns(_, options)
  return h.div{ class = "ask-intake",
    h.div{ class = "ask-intake__sections", options.sections },
    h.div{ class = "ask-intake__main", options.main },
    h.div{ class = "ask-intake__panel", options.panel } }
end

local section_words = {
  not_started = function(t) return t("Not started") end,
  in_progress = function(t) return t("In progress") end,
  again = function(t) return t("Check again") end,
  done = function(t) return t("Done") end,
  waiting = function(t) return t("Waiting") end,
}
local section_icons = { again = "again", done = "done", waiting = "clock" }

-- What the button of a fold says, closed and open; the style shows one of them.
local function fold_words(request)
  return { h.span{ class = "ask-fold__more", request.t("Show all") }, h.span{ class = "ask-fold__less", request.t("Show less") } }
end

--- The list of sections, #sections. options: items = list of { text=, href=, state= "not_started" | "in_progress" | "again" |
--- "done" | "waiting", note = text ("Waiting for the nurse"), left = how many questions are left, current = true, open = true: one of its
--- parts is current, within = true: a part of the one above, and not counted }, and more = nodes below it.
function intake.sections(request, options)
  local t, items, done, all = request.t, {}, 0, 0
  for index, section in ipairs(options.items) do
    local state = section_words[section.state] and section.state or "not_started"
    local note = section.note or section_words[state](t)
    local left = section.left and section.left > 0 and state ~= "done" and
      request.tn(section.left, "{count} left", "{count} left")
    if not section.within then all = all + 1 end
    if state == "done" and not section.within then done = done + 1 end
    items[index] = h.li{ class = "usa-sidenav__item ask-section ask-section--" .. state
        .. (section.within and " ask-section--within" or ""),
      h.a{ href = section.href, class = (section.current or section.open) and "usa-current", ["aria-current"] = section.current and "page",
        h.span{ class = "ask-section__mark", section_icons[state] and parts.icon(section_icons[state]) },
        h.span{ class = "ask-section__text", section.text, h.span{ class = "usa-sr-only", ": " },
          h.span{ class = "ask-section__note",
            h.span{ class = "ask-section__word", note, left and " · " }, left } } } }
  end
  return h.nav{ id = "sections", ["aria-label"] = t("Sections"),
    h.p{ class = "ask-sections__count", t("{done} of {all} sections done", { done = done, all = all }) },
    h.button{ type = "button", class = "usa-button usa-button--outline ask-sections__fold", ["aria-expanded"] = "false",
      ["aria-controls"] = "sections-list", ["data-fold"] = true, t("All sections") },
    h.ul{ class = "usa-sidenav", id = "sections-list", items },
    options.more and h.div{ class = "ask-sections__more", options.more } }
end

--- Where saving stands, #saved. at: "14:05" or nil. The script says the rest ("Not saved yet").
function intake.saved(request, at)
  return h.p{ id = "saved", class = "ask-saved", ["data-state"] = at and "saved" or "none",
    h.span{ class = "ask-saved__text", at and request.t("Saved {time}", { time = at }) or "" } }
end

--- Every program, live, #panel: always in the same order, one line each, so that nothing jumps. options:
---   programs   list of { id=, name=, status=, missing = how many answers it needs, href = where the first of them is asked (a path
---              or "#q-item"), link = where its explanation is }
---   urgent     the most urgent deadline: { text=, urgency=, deadline = text, phone=, href= } or nil
function intake.panel(request, options)
  local t = request.t
  local counts, lines = {}, {}
  for index, program in ipairs(options.programs) do
    local status = parts.known_status(program.status)
    counts[status] = (counts[status] or 0) + 1
    local word = h.span{ class = "ask-program__word", parts.status_word(request, status) }
    if status == "need_info" and (program.missing or 0) > 0 then
      word = h.a{ class = "ask-program__word", href = program.href,
        request.tn(program.missing, "Needs {count} answer", "Needs {count} answers"),
        h.span{ class = "usa-sr-only", ": ", program.name } }
    end
    lines[index] = h.li{ class = "ask-program ask-program--" .. status, id = "p-" .. program.id, ["data-status"] = status,
      parts.icon(status),
      h.span{ class = "ask-program__name", program.link and h.a{ href = program.link, program.name } or program.name }, word }
  end
  local figures = {}
  for _, status in ipairs { "likely", "possible", "need_info", "unlikely", "withheld", "error" } do
    local count = counts[status] or 0
    if count > 0 or status ~= "withheld" and status ~= "error" then
      figures[#figures + 1] = h.li{ class = "ask-count ask-count--" .. status, h.b{ count }, " ", parts.status_word(request, status) }
    end
  end
  local urgent = options.urgent
  return h.section{ id = "panel", class = "ask-panel", ["aria-labelledby"] = "panel-title",
    h.div{ class = "ask-panel__top",
      h.div{ class = "ask-panel__bar", h.h2{ id = "panel-title", class = "ask-panel__title", t("Programs") },
        h.button{ type = "button", class = "usa-button usa-button--unstyled ask-panel__fold", ["aria-expanded"] = "false",
          ["aria-controls"] = "panel-list", ["data-fold"] = true, fold_words(request) } },
      h.ul{ class = "ask-counts", figures } },
    h.div{ class = "ask-panel__urgent" .. (urgent and " ask-panel__urgent--on" or ""),
      urgent and { parts.urgency(request, urgent.urgency),
        h.p{ urgent.href and h.a{ href = urgent.href, urgent.text } or urgent.text,
          " ", urgent.deadline and h.span{ class = "ask-panel__deadline", urgent.deadline },
          " ", urgent.phone and h.span{ class = "ask-panel__deadline", h.a{ dir = "ltr",
            href = "tel:" .. tostring(urgent.phone):gsub("[^%d+]", ""), urgent.phone } } } }
        or h.p{ class = "usa-hint", t("No deadline so far.") } },
    h.div{ class = "ask-panel__list", id = "panel-list", tabindex = "0", role = "region", ["aria-label"] = t("All programs"),
      h.ul{ class = "ask-programs", lines } } }
end

--- The form of one section. The script saves each change at once; without script the buttons send it all. options: action (where
--- the whole form goes), save (where the script sends changes, "/cases/ID/answers"), version (the case's), content = nodes
--- (ends up in #questions), previous, next (paths of the sections before and after; for the keys), buttons (nodes), id.
function intake.form(request, options)
  return h.form{ id = options.id or "intake", method = "post", action = options.action, novalidate = true, autocomplete = "off",
    ["data-autosave"] = true, ["data-save"] = options.save, ["data-version"] = options.version,
    ["data-previous"] = options.previous, ["data-next"] = options.next,
    -- Enter in a field presses the form's first button: this one, which only saves.
    h.button{ hidden = true, tabindex = "-1" },
    fields.csrf(request),
    h.input{ type = "hidden", name = "version", value = options.version },
    h.div{ id = "questions", options.content },
    h.div{ class = "ask-bar", options.buttons } }
end

return intake
