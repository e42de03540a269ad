-- The form as an intake shows it, made once for each set of rules: which page asks what, in which order, what belongs below what. Nothing
-- here knows a case.
--   A page is a section of the form, without its private questions; the pages at the end are the private ones: those with labels (HIV,
--   DVD ...), by topic, one step at a time. A step is one question with what depends on it, or one instrument.

local cache = require "lib.cache"
local rules = require "lib.rules"

local questions = {}

-- ---- private topics ----------------------------------------------------------------------------------------------------------

-- In the order in which they are asked. A question is of the first of its labels; one with many of them says more about who works with
-- a person than about any one of these.
local topic_of_label = {
  immigration = "immigration", child_welfare = "child_welfare", PSY = "mind", ETH = "substance", HIV = "HIV",
  adverse_note = "records", VIO = "harm", SDV = "harm", DVD = "partner",
}
local topic_order = { "immigration", "child_welfare", "mind", "substance", "HIV", "records", "several", "harm", "partner" }
local many = 4

--- The names of the topics, in the language of the request.
function questions.topic_title(request, topic)
  local t = request.t
  local titles = {
    immigration = t("Immigration"), child_welfare = t("Children's services"), mind = t("Mood, memory and thinking"),
    substance = t("Alcohol and drugs"), HIV = t("HIV"), records = t("What is on record"), several = t("Other private questions"),
    harm = t("Being hurt or used by others"), partner = t("Safety at home"),
  }
  return titles[topic]
end

local function topic_of(item)
  local labels = item.labels
  if not labels or #labels == 0 then return nil end
  if #labels >= many then return "several" end
  return topic_of_label[labels[1]] or "several"
end

--- Whether a page with this question has a quick exit.
function questions.is_dangerous(item)
  for _, label in ipairs(item.labels or {}) do
    if label == "DVD" or label == "VIO" or label == "SDV" then return true end
  end
  return false
end

-- ---- what follows from what -----------------------------------------------------------------------------------------------------

-- The items that an expression names, in order.
local function named(text, items)
  local found = {}
  for word in (text or ""):gmatch("[%a_][%w_]*") do
    if items[word] then found[#found + 1] = word end
  end
  return found
end

-- A total that is a sum over the entries of one kind in a list: {list, kind = the first, kinds = {kind = true}, frequency}; else nil.
local function total_of(item, items)
  local list, frequency, condition = (item.computed or ""):match("^sum%(([%w_]+), [%w_]+%.(%a+), (.-)%)")
  local of = list and items[list]
  if not of or of.type ~= "list" then return nil end
  local has = {}
  for _, field in ipairs(of.fields) do has[field.id] = true end
  if not (has.type and has.amount and has.frequency and (frequency == "monthly" or frequency == "yearly")) then return nil end
  local total = { list = list, kinds = {}, frequency = frequency }
  for kind in condition:gmatch("%.type == '([%w_]+)'") do
    total.kind = total.kind or kind
    total.kinds[kind] = true
  end
  return total.kind and total
end

-- ---- pages ------------------------------------------------------------------------------------------------------------------------

-- Questions below those that they depend on: a list of { item =, child = true }.
local function in_order(list, items)
  local place, children, roots = {}, {}, {}
  for index, item in ipairs(list) do place[item.id] = index end
  for index, item in ipairs(list) do
    local parent
    for _, name in ipairs(named(item.ask_when, items)) do
      local at = place[name]
      if at and at < index and not list[at].instrument and (not parent or at > parent) then parent = at end
    end
    if parent and not item.instrument then
      children[parent] = children[parent] or {}
      table.insert(children[parent], index)
    else
      roots[#roots + 1] = index
    end
  end
  local ordered = {}
  local function add(index, child)
    ordered[#ordered + 1] = { item = list[index], child = child }
    for _, below in ipairs(children[index] or {}) do add(below, true) end
  end
  for _, index in ipairs(roots) do add(index, false) end
  return ordered
end

-- Steps of a topic: an instrument, or a question with what depends on it.
local function steps_of(list, items)
  local steps, step = {}, nil
  local in_step = {}
  for _, entry in ipairs(in_order(list, items)) do
    local item = entry.item
    local joins = step and (entry.child or item.instrument and item.instrument == step.instrument)
    if step and not joins and not item.instrument then
      for _, name in ipairs(named(item.ask_when, items)) do joins = joins or in_step[name] end
    end
    if not joins then
      step, in_step = { entries = {}, instrument = item.instrument }, {}
      steps[#steps + 1] = step
    end
    step.entries[#step.entries + 1] = entry
    in_step[item.id] = true
  end
  return steps
end

local function make()
  local form, problem = rules.form()
  if not form then return nil, problem end
  local nobody, programs
  nobody, problem = host.screen { answers = {}, detail = "status" } -- says which packs are asked when nothing is said
  if not nobody then return nil, problem end
  programs, problem = host.programs(nobody.pack)
  if not programs then return nil, problem end
  local made = { items = form.items, section_of = form.section_of, pages = {}, by_id = {}, page_of = {}, step_of = {}, totals = {},
    total_of = {}, readers = {}, programs = {}, instruments = {} }
  local topics = {}

  local function add_page(page)
    made.pages[#made.pages + 1] = page
    page.number = #made.pages
    made.by_id[page.id] = page
  end

  for _, instrument in ipairs(form.form.instruments or {}) do made.instruments[instrument.instrument] = instrument end

  for _, section in ipairs(form.sections) do
    local list = {}
    local page = { id = section.section, title = section.title, intro = section.intro, role = section.role, section = section }
    for _, item in ipairs(section.items) do
      local total = item.computed and total_of(item, form.items)
      if total then made.total_of[item.id] = total end
      local topic = item.text and topic_of(item)
      if topic and not section.role then
        topics[topic] = topics[topic] or {}
        table.insert(topics[topic], item)
      elseif item.text and total and form.section_of[total.list] == section then
        made.totals[total.list] = made.totals[total.list] or {}
        table.insert(made.totals[total.list], item)
        made.page_of[item.id] = page
      elseif item.text then
        list[#list + 1] = item
        made.page_of[item.id] = page
      end
    end
    page.entries = in_order(list, form.items)
    if #page.entries > 0 then add_page(page) end
  end
  made.public = #made.pages

  for _, topic in ipairs(topic_order) do
    if topics[topic] then
      local page = { id = "private-" .. topic:lower():gsub("_", "-"), topic = topic, steps = steps_of(topics[topic], form.items),
        entries = {} }
      for number, step in ipairs(page.steps) do
        for _, entry in ipairs(step.entries) do
          page.entries[#page.entries + 1] = entry
          page.dangerous = page.dangerous or questions.is_dangerous(entry.item)
          made.page_of[entry.item.id], made.step_of[entry.item.id] = page, number
        end
      end
      add_page(page)
    end
  end

  for index, program in ipairs(programs.programs) do
    made.programs[index] = program
    made.programs[program.program] = program
    for _, id in ipairs(program.reads or {}) do
      made.readers[id] = made.readers[id] or {}
      table.insert(made.readers[id], program)
    end
  end
  return made
end

local of = cache.by_rules(make)

--- { pages = list of page, by_id, page_of {item = page}, step_of {item = number}, public = how many pages are not private,
---   items, section_of, totals {list item = totals that follow from it}, total_of {total = {list, kind, kinds, frequency}},
---   readers {item = programs}, programs (list, and by id), instruments {id = ...} }
--- page: { id, number, title, intro, role, section, entries = list of {item, child} }, or of a topic: { id, number, topic, dangerous,
--- steps = list of {entries, instrument}, entries }. nil and a reason when the rules cannot be read.
function questions.of() return of() end

--- The address of a page, or of one of its steps.
function questions.address(case_id, page, step)
  return "/cases/" .. case_id .. "/sections/" .. page.id .. (step and step > 1 and "?step=" .. step or "")
end

--- Where a question is asked: an address with the place on the page. path: "rent_monthly", "household_roster[0].dob". nil: nowhere.
function questions.place(made, case_id, path)
  local id = path:match("^[%w_]+")
  local page = made.page_of[id]
  if not page then return nil end
  local anchor = id
  local total = made.total_of[id]
  if total and made.totals[total.list] and made.section_of[total.list] == made.section_of[id] then anchor = total.list end
  return questions.address(case_id, page, made.step_of[id]) .. "#q-" .. anchor
end

--- What stands for a total that was given while the list that it sums has no entry of its kind: the answers with such an entry, so that
--- "rent 1,450" and a list of other costs do not contradict each other. Gives a table of its own where something is added.
function questions.complete(answers)
  local made = of()
  if not made then return answers end
  local completed
  for id, total in pairs(made.total_of) do
    local given, list = answers[id], (completed or answers)[total.list]
    if type(given) == "number" and given > 0 and type(list) == "table" and not list.absent then
      local found = false
      local function look(entries)
        for _, entry in ipairs(type(entries) == "table" and entries or {}) do found = found or total.kinds[entry.type] == true end
      end
      look(list)
      for _, value in pairs(answers) do
        for _, entry in ipairs(type(value) == "table" and value or {}) do
          if type(entry) == "table" then look(entry[total.list]) end
        end
      end
      if not found then
        if not completed then
          completed = {}
          for key, value in pairs(answers) do completed[key] = value end
        end
        local longer = host.json.array {}
        for index, entry in ipairs(list) do longer[index] = entry end
        longer[#longer + 1] = { type = total.kind, amount = given, frequency = total.frequency }
        completed[total.list] = longer
      end
    end
  end
  return completed or answers
end

return questions
