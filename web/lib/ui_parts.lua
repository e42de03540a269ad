-- Small parts of pages: buttons, status tags, alerts, cards, tables, lists. Named after the parts of the U.S. Web Design System.

local h = require "lib.html"

local parts = {}

--- One of the drawings of ui_page.lua. It says nothing to a screen reader: there is always a word beside it.
function parts.icon(name)
  return h.svg{ class = "usa-icon", ["aria-hidden"] = "true", focusable = "false", h.use{ href = "#i-" .. name } }
end

--- A button, or with href a link that looks like one. options: text, kind (nil: the page's main action; "outline": beside it;
--- "secondary": dangerous; "unstyled": looks like a link), href, name, value, type ("submit"), id, live (true: in a form with
--- data-autosave the script sends it as a change of the question that it stands in, rather than the whole form), describe
--- (text that only screen readers get: "Remove" + "Maria").
function parts.button(_, options)
  local class = "usa-button" .. (options.kind and " usa-button--" .. options.kind or "")
  local text = { options.icon and parts.icon(options.icon), options.text,
    options.describe and h.span{ class = "usa-sr-only", " ", options.describe } }
  if options.href then return h.a{ class = class, href = options.href, id = options.id, text } end
  return h.button{ class = class, type = options.type or "submit", name = options.name, value = options.value,
    id = options.id, ["data-live"] = options.live, text }
end

--- Buttons in a row. list: nodes.
function parts.buttons(_, list) return h.div{ class = "usa-button-group", list } end

-- The six words that a determination can say. Not told by colour alone: each has a shape and a word.
local status_words = {
  likely = function(t) return t("Likely") end,
  possible = function(t) return t("Possible") end,
  unlikely = function(t) return t("Unlikely") end,
  need_info = function(t) return t("Needs answers") end,
  withheld = function(t) return t("Not shared") end,
  error = function(t) return t("Cannot say") end,
}

--- One of the six words; "error" for any other.
function parts.known_status(status) return status_words[status] and status or "error" end

--- The word that people read for a program's status.
function parts.status_word(request, status) return status_words[parts.known_status(status)](request.t) end

--- A program's status as a tag.
function parts.status(request, status)
  status = parts.known_status(status)
  return h.span{ class = "usa-tag ask-status ask-status--" .. status, parts.icon(status), parts.status_word(request, status) }
end

--- Any other word in a tag. kind: nil (plain), "info", "warning", "error", "success".
function parts.tag(_, text, kind) return h.span{ class = "usa-tag" .. (kind and " ask-tag--" .. kind or ""), text } end

local urgencies = {
  [0] = function(t) return t("Now") end,
  function(t) return t("Today") end,
  function(t) return t("Within 24 hours") end,
  function(t) return t("Within 3 business days") end,
  function(t) return t("Within 7 days") end,
  function(t) return t("Within 12 days") end,
  function(t) return t("Within 30 days") end,
}

--- How urgent: 0 is now (911 or 988 first), 1 the same day ... 6 within 30 days, 7 and more or nil: nothing is shown.
function parts.urgency(request, urgency)
  local word = urgencies[urgency]
  if not word then return false end
  local kind = urgency <= 1 and "error" or urgency <= 4 and "warning" or "info"
  return h.span{ class = "usa-tag ask-urgency ask-tag--" .. kind, parts.icon("clock"), word(request.t) }
end

--- A message. options: kind ("info", "warning", "error", "success"), heading, text or nodes in the array part,
--- slim, role ("status" or "alert": said when it appears), level (of the heading, 2), id.
function parts.alert(_, options)
  local kind = options.kind or "info"
  local body = {}
  for index, node in ipairs(options) do body[index] = node end
  return h.div{ class = "usa-alert usa-alert--" .. kind .. (options.slim and " usa-alert--slim" or ""), role = options.role,
    id = options.id,
    h.div{ class = "usa-alert__body",
      options.heading and h.element("h" .. (options.level or 2), { class = "usa-alert__heading", options.heading }),
      options.text and h.p{ class = "usa-alert__text", options.text }, body } }
end

--- A card. options: heading (text or nodes), level (of the heading, 2), href (the heading is a link), tags (nodes beside the
--- heading), foot (nodes), id, class; the array part is its body.
function parts.card(_, options)
  local body = {}
  for index, node in ipairs(options) do body[index] = node end
  local heading = options.heading
  if options.href then heading = h.a{ class = "usa-link", href = options.href, heading } end
  return h.section{ class = "usa-card" .. (options.class and " " .. options.class or ""), id = options.id,
    h.div{ class = "usa-card__container",
      (heading or options.tags) and h.div{ class = "usa-card__header",
        heading and h.element("h" .. (options.level or 2), { class = "usa-card__heading", heading }),
        options.tags and h.div{ class = "usa-card__tags", options.tags } },
      h.div{ class = "usa-card__body", body },
      options.foot and h.div{ class = "usa-card__footer", options.foot } } }
end

--- Cards beside and below each other. list: nodes.
function parts.cards(_, list) return h.div{ class = "usa-card-group", list } end

--- A table that becomes a list of records on a narrow screen. options: caption (text; hidden with caption_hidden), columns =
--- list of { text=, number = true: aligned for figures, hidden = true: the heading is for screen readers only }, rows = list of
--- lists of nodes (a row may have id), head = which column names the row (1), empty = text for no rows.
function parts.table(request, options)
  if #options.rows == 0 then return parts.empty(request, { text = options.empty or request.t("Nothing here.") }) end
  local headings, rows = {}, {}
  for index, column in ipairs(options.columns) do
    headings[index] = h.th{ scope = "col", role = "columnheader", class = column.number and "ask-number",
      column.hidden and h.span{ class = "usa-sr-only", column.text } or column.text }
  end
  local head = options.head or 1
  for number, row in ipairs(options.rows) do
    local cells = {}
    for index, column in ipairs(options.columns) do
      local content = { class = column.number and "ask-number", ["data-label"] = not column.hidden and column.text,
        h.div{ row[index] or "" } }
      if index == head then
        content.scope, content.role = "row", "rowheader"
        cells[index] = h.th(content)
      else
        content.role = "cell"
        cells[index] = h.td(content)
      end
    end
    rows[number] = h.tr{ role = "row", id = row.id, cells }
  end
  -- The roles keep it a table for screen readers where CSS shows it as blocks.
  return h.table{ class = "usa-table usa-table--stacked", role = "table", id = options.id,
    h.caption{ class = options.caption_hidden and "usa-sr-only", options.caption },
    h.thead{ role = "rowgroup", h.tr{ role = "row", headings } }, h.tbody{ role = "rowgroup", rows } }
end

--- Names and values, as on a page that checks answers. rows: list of { key=, value= (nodes; nil: "Not answered"), href= where
--- it is changed, change = text of that link ("Change"), tags = nodes, id }.
function parts.summary_list(request, rows)
  local list = {}
  for index, row in ipairs(rows) do
    local missing = row.value == nil or row.value == ""
    list[index] = h.div{ class = "ask-summary__row", id = row.id,
      h.dt{ row.key },
      h.dd{ class = "ask-summary__value" .. (missing and " ask-summary__value--missing" or ""),
        missing and request.t("Not answered") or row.value, row.tags and { " ", row.tags } },
      row.href and h.dd{ class = "ask-summary__action", h.a{ href = row.href, row.change or request.t("Change"),
        h.span{ class = "usa-sr-only", " ", row.key } } } }
  end
  return h.dl{ class = "ask-summary", list }
end

--- One thing to open, as a quiet link with text below. options: summary, open, id; array part: the body.
function parts.details(_, options)
  local body = {}
  for index, node in ipairs(options) do body[index] = node end
  return h.details{ class = "ask-details", open = options.open, id = options.id, h.summary{ options.summary },
    h.div{ class = "ask-details__body", body } }
end

--- Where nothing is yet, and what to do about it. options: heading, text, action (a button).
function parts.empty(_, options)
  return h.div{ class = "ask-empty", options.heading and h.p{ class = "ask-empty__heading", options.heading },
    options.text and h.p{ options.text }, options.action }
end

--- A heading with what belongs to it: options.caption (small, above), text, level (1), tags, lead (a sentence below).
function parts.heading(_, options)
  return h.div{ class = "ask-heading",
    options.caption and h.p{ class = "ask-heading__caption", options.caption },
    h.div{ class = "ask-heading__line", h.element("h" .. (options.level or 1), { id = options.id, options.text }), options.tags },
    options.lead and h.p{ class = "usa-intro", options.lead } }
end

--- A figure with its name, for overviews. list: { value=, text=, href= }.
function parts.figures(_, list)
  local figures = {}
  for index, figure in ipairs(list) do
    figures[index] = h.li{ class = "ask-figure", h.span{ class = "ask-figure__value", figure.value },
      figure.href and h.a{ href = figure.href, figure.text } or h.span{ figure.text } }
  end
  return h.ul{ class = "ask-figures", figures }
end

--- Filters as links, the one in force marked. label: text; items: list of { text=, href=, current = true, count = number }.
function parts.filters(_, label, items)
  local links = {}
  for index, item in ipairs(items) do
    links[index] = h.li{ h.a{ href = item.href, class = "ask-filter", ["aria-current"] = item.current and "true", item.text,
      item.count and h.span{ class = "ask-filter__count", item.count } } }
  end
  return h.nav{ ["aria-label"] = label, h.ul{ class = "ask-filters", links } }
end

--- A search: a form with one field. options: action, name ("q"), label, value, hint, csrf (the node of ui.csrf: by POST, where the
--- address must not say what was searched for; else by GET).
function parts.search(request, options)
  local name = options.name or "q"
  return h.form{ class = "usa-search", role = "search", method = options.csrf and "post" or "get", action = options.action,
    options.csrf,
    h.label{ class = "usa-label", ["for"] = name, options.label },
    options.hint and h.p{ class = "usa-hint", id = name .. "-hint", options.hint },
    h.div{ class = "usa-search__line",
      h.input{ class = "usa-input", type = "search", id = name, name = name, value = options.value, autocomplete = "off",
        ["aria-describedby"] = options.hint and name .. "-hint" },
      h.button{ class = "usa-button", request.t("Search") } } }
end

return parts
