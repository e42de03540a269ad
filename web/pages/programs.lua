-- What each program is: searchable list, one page each made from the program's own rule, and the whole sheet as the engine writes it.

local h = require "lib.html"
local criteria = require "lib.program_criteria"
local rules = require "lib.rules"
local ui = require "lib.ui"

-- ---- the list ----------------------------------------------------------------------------------------------------------

local function matches(request, program, words)
  local text = host.fold(table.concat({ program.program, program.name, program.agency or "", program.helps or "",
    request.t_program(program.program, program.name), request.t_program(program.program, program.helps) or "" }, " "))
  for word in words:gmatch("%S+") do
    if not text:find(word, 1, true) then return false end
  end
  return true
end

local pack_names = function(t)
  return { nyc = t("New York City's programs in the shared intake"), access_nyc = t("Other benefits, as ACCESS NYC screens them") }
end

local function list(request)
  local t = request.t
  local asked = request.query.q or ""
  local words = host.fold(asked:sub(1, 200))
  local by_pack, order, count, key = {}, {}, 0, {}
  for _, program in ipairs(rules.programs().list) do
    if matches(request, program, words) then
      key[program.program] = host.fold(request.t_program(program.program, program.name)) .. "\0" .. program.program
      if not by_pack[program.pack] then
        by_pack[program.pack] = {}
        order[#order + 1] = program.pack
      end
      table.insert(by_pack[program.pack], program)
      count = count + 1
    end
  end
  table.sort(order, function(a, b) return (a == "nyc" and "" or a) < (b == "nyc" and "" or b) end)
  local names, groups = pack_names(t), {}
  for index, pack in ipairs(order) do
    local cards = {}
    table.sort(by_pack[pack], function(a, b) return key[a.program] < key[b.program] end)
    for number, program in ipairs(by_pack[pack]) do
      cards[number] = h.li{ class = "ask-program-card", h.h3{ h.a{ class = "usa-link", href = "/programs/" .. program.program,
        request.program_text(program.program, program.name) } },
        h.p{ class = "usa-hint", request.program_text(program.program, program.agency) },
        program.error and ui.alert(request, { kind = "error", slim = true, text = t("This program cannot be used now.") })
          or h.p{ request.program_text(program.program, program.helps) } }
    end
    groups[index] = { h.h2{ names[pack] or pack, " ", h.span{ class = "usa-hint", "(" .. #cards .. ")" } },
      h.ul{ class = "ask-program-cards", cards } }
  end
  return { html = ui.page(request, { title = t("Programs"), nav = "programs", wide = true, main = {
    ui.heading(request, { text = t("Programs"), lead = t("What each program can do, who can get it, and what to bring.") }),
    ui.search(request, { action = "/programs", label = t("Search by name, agency or need"), value = asked }),
    asked ~= "" and h.p{ role = "status", request.tn(count, "1 program found", "{count} programs found") },
    count == 0 and ui.empty(request, { heading = t("No program has these words"), text = t("Try fewer or other words."),
      action = h.a{ href = "/programs", t("Show all programs") } }),
    groups } }) }
end

-- ---- one program ---------------------------------------------------------------------------------------------------------

local units = {
  ["business day"] = { "1 business day", "{count} business days" }, day = { "1 day", "{count} days" },
  hour = { "1 hour", "{count} hours" }, month = { "1 month", "{count} months" }, week = { "1 week", "{count} weeks" },
}

-- "3 business days" in the page's language.
local function within(request, text)
  local count, unit = text:match("^(%d+) (.-)s?$")
  local words = units[unit]
  if not words then return request.t(text) end
  return request.tn(tonumber(count), words[1], words[2])
end
-- The texts above, where `askonce locale check` finds them.
local _ = function(tn)
  tn(1, "1 business day", "{count} business days")
  tn(1, "1 day", "{count} days")
  tn(1, "1 hour", "{count} hours")
  tn(1, "1 month", "{count} months")
  tn(1, "1 week", "{count} weeks")
end

local function phone(number)
  return h.a{ href = "tel:" .. number:gsub("[^%d+]", ""), dir = "ltr", number }
end

local function simple_list(request, program, entries, condition)
  local items = {}
  for index, entry in ipairs(entries) do
    if type(entry) == "string" then entry = { text = entry } end
    items[index] = h.li{ request.program_text(program, entry.text),
      entry.when and condition and { " ", h.span{ class = "usa-hint", condition } },
      criteria.unverified(request, entry), criteria.cite(entry) }
  end
  return h.ul{ class = "usa-list", items }
end

local function section(heading, ...)
  return { h.h2{ heading }, ... }
end

local function contact(request, program)
  local t = request.t
  return ui.card(request, { heading = t("Contact"),
    h.p{ request.program_text(program.program, program.agency) }, program.phone and h.p{ phone(program.phone) },
    program.url and h.p{ h.a{ href = program.url, rel = "noreferrer", program.url } },
    not program.phone and not program.url and h.p{ t("Call 311 and ask for this program.") } })
end

local function one(request)
  local t, id = request.t, request.params.id
  local program, reason = host.program(id)
  if not program then return { failed = reason } end
  local known = rules.programs().by_id[id]
  if program.error then
    return { html = ui.page(request, { title = program.name, nav = "programs", back = "/programs", main = {
      ui.heading(request, { text = request.program_text(id, program.name), caption = request.program_text(id, program.agency) }),
      ui.alert(request, { kind = "error", heading = t("This program cannot be used now"),
        text = t("Its rule has an error. The other programs are not touched. Tell the administrator.") }) } }) }
  end
  local levels = {}
  for index, level in ipairs(program.levels or {}) do
    levels[index] = h.li{ request.program_text(id, level.name), level.act_within and { ": ", within(request, level.act_within) },
      not level.when and { " ", h.span{ class = "usa-hint", t("(in all other cases)") } },
      criteria.unverified(request, level), criteria.cite(level) }
  end
  local review = program.review
  return { html = ui.page(request, { title = request.t_program(id, program.name), nav = "programs", back = { href = "/programs",
    text = t("All programs") }, aside = { contact(request, program),
      ui.card(request, { heading = t("The rule"), h.p{ t("Version {version}", { version = program.version }) },
        h.p{ class = "ask-hash", (known.hash or ""):sub(1, 12) }, h.p{ h.a{ href = "/programs/" .. id .. "/sheet",
          t("The whole sheet with every number") } } }) },
    main = {
      ui.heading(request, { text = request.program_text(id, program.name), caption = request.program_text(id, program.agency),
        lead = request.program_text(id, program.helps) }),
      program.verified == false and ui.alert(request, { kind = "warning", slim = true,
        text = t("Parts of this rule come from a source that was not read. They are marked “not verified”.") }),
      section(t("Who can get it"), h.p{ criteria.lead(request, program.criteria) }, criteria.list(request, id, program.criteria)),
      #(program.possible and program.possible.children or {}) > 0 and section(t("When somebody has to judge"),
        h.p{ t("Then the result is “possible”, not “likely”:") }, criteria.list(request, id, program.possible)),
      #(program.cannot or {}) > 0 and section(t("What it cannot do"), simple_list(request, id, program.cannot)),
      #levels > 0 and section(t("How fast"), h.ul{ class = "usa-list", levels }),
      #(program.next_steps or {}) > 0 and section(t("Next step"), simple_list(request, id, program.next_steps)),
      #(program.documents or {}) > 0 and section(t("What to bring"),
        simple_list(request, id, program.documents, t("(if it applies)"))),
      program.amount and section(t("What is worked out"), h.p{ request.program_text(id, program.amount.text), ", ",
        program.amount.per == "month" and t("each month") or program.amount.per == "year" and t("each year") or t("once") }),
      review and section(t("When it is looked at again"), h.p{ request.tn(review.months or 12, "After 1 month", "After {count} months"),
        criteria.unverified(request, review), criteria.cite(review) }),
      section(t("Where this stands"), h.p{ criteria.cite(program) }) } }) }
end

-- ---- the sheet -----------------------------------------------------------------------------------------------------------

-- The blocks of a sheet as nodes. All of it is in the page's language but what is cited.
local function flat(blocks, request)
  local out, lists, rows, head = {}, {}, nil, nil
  local function close_table()
    if rows then
      out[#out + 1] = h.div{ class = "ask-scroll", tabindex = "0", role = "region", ["aria-label"] = request.t("Table"),
        h.table{ class = "usa-table", head and h.thead{ h.tr{ head } }, h.tbody{ rows } } }
      rows, head = nil, nil
    end
  end
  local function cells_of(block, name)
    local cells = {}
    for index, cell in ipairs(block.cells or {}) do
      cells[index] = h.element(name, { scope = name == "th" and "col", cell })
    end
    return cells
  end
  local function source(text) return text and h.span{ class = "ask-source", lang = "en", dir = "ltr", text } end
  local function text_of(block)
    return { block.text, block.detail and { " ", h.span{ class = "usa-hint", block.detail } },
      block.unverified and { " ", ui.tag(request, request.t("not verified"), "warning") }, criteria.cite(block) }
  end
  for _, block in ipairs(blocks) do
    if block.kind ~= "item" then lists = {} end
    if block.kind ~= "row" and block.kind ~= "table_head" then close_table() end
    if block.kind == "title" then
      out[#out + 1] = h.h1{ block.text }
      out[#out + 1] = h.p{ class = "usa-hint", block.detail, block.detail and block.cite and " · ", source(block.cite) }
    elseif block.kind == "lead" then out[#out + 1] = h.p{ class = "usa-intro", block.text }
    elseif block.kind == "heading" then out[#out + 1] = h.h2{ block.text }
    elseif block.kind == "text" then out[#out + 1] = h.p{ text_of(block) }
    elseif block.kind == "table_head" then rows, head = {}, cells_of(block, "th")
    elseif block.kind == "row" then
      rows = rows or {}
      rows[#rows + 1] = h.tr{ cells_of(block, "td"), h.td{ source(block.cite), block.cite and block.detail and ". ", block.detail } }
    elseif block.kind == "item" then
      -- A list of each depth that is open: deeper ones go into the last entry of the one above.
      local depth = block.depth + 1
      for level = depth + 1, #lists do lists[level] = nil end
      for level = #lists + 1, depth do
        local entries = {}
        local node = h.ul{ class = "usa-list", entries }
        local above = lists[level - 1]
        if above and #above > 0 then table.insert(above[#above].content, node) else out[#out + 1] = node end
        lists[level] = entries
      end
      table.insert(lists[depth], h.li{ text_of(block) })
    end
  end
  close_table()
  return out
end

local function sheet(request)
  local id = request.params.id
  local made, reason = host.sheet(id, request.language)
  if not made then return { failed = reason } end
  return { html = ui.page(request, { title = made.title, nav = "programs", back = "/programs/" .. id, print = true, main = {
    h.article{ flat(made.blocks, request), h.p{ class = "usa-hint", made.foot } } } }) }
end

return {
  { "GET", "/programs", roles = "signed in", list },
  { "GET", "/programs/{id}", roles = "signed in", one },
  { "GET", "/programs/{id}/sheet", roles = "signed in", sheet },
}
