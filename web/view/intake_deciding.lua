-- The questions that decide the most, a screen at a time: in the order of the engine, without the private ones (asked last and alone)
-- and those of other roles.

local h = require "lib.html"
local intake = require "model.intake"
local questions = require "model.questions"
local shown = require "view.intake_questions"

local deciding = {}

local on_a_screen = 5

-- The questions that go together with one: its instrument.
local function together(v, id)
  local item, page = v.made.items[id], v.made.page_of[id]
  local list = {}
  for _, entry in ipairs(page.entries) do
    if entry.item.id == id or item.instrument and entry.item.instrument == item.instrument then list[#list + 1] = entry.item.id end
  end
  return list
end

-- The question that stands for a missing one: the list of a total.
local function standing_for(v, id)
  local total = v.made.total_of[id]
  if total and v.body.answers[total.list] == nil and v.made.totals[total.list]
    and v.made.section_of[total.list] == v.made.section_of[id] then return total.list end
  return id
end

--- What is to be asked next: ids of the next screen; how many questions there are in all; of these, how many are private, and wait for
--- another role; programs that the first screen decides.
function deciding.next(v)
  local ids, seen, blocks = {}, {}, {}
  local all, private, waits, groups = 0, 0, 0, 0
  for _, entry in ipairs(v.next) do
    local id = standing_for(v, entry.item)
    local page = v.made.page_of[id]
    if page and not seen[id] then
      seen[id] = true
      all = all + 1
      if page.steps then
        private = private + 1
      elseif not intake.may_fill(v, page) then
        waits = waits + 1
      elseif groups < on_a_screen then
        groups = groups + 1
        for _, one in ipairs(together(v, id)) do
          ids[#ids + 1] = one
          if one ~= id then seen[one] = true end
        end
        for _, program in ipairs(entry.blocks or {}) do blocks[program] = true end
      end
    end
  end
  return { ids = ids, all = all, private = private, waits = waits, blocks = blocks }
end

--- The entries of a screen, from the address: its questions and what depends on them, as pages have them. nil when nothing is named.
function deciding.chosen(made, text)
  local wanted, any = {}, false
  for id in (text or ""):sub(1, 2000):gmatch("[%w_]+") do
    local page = made.page_of[id]
    if page and not page.steps then wanted[id], any = true, true end
  end
  if not any then return nil end
  local chosen = {}
  for _, page in ipairs(made.pages) do
    if not page.steps then
      local inside = false
      for _, entry in ipairs(page.entries) do
        if not entry.child then inside = wanted[entry.item.id] == true end
        if wanted[entry.item.id] then
          inside = true
          chosen[#chosen + 1] = { item = entry.item, child = false }
        elseif entry.child and inside then
          chosen[#chosen + 1] = { item = entry.item, child = true, below = true }
        end
      end
    end
  end
  return chosen
end

--- The questions of a screen. Those that depend on them are there once they are asked.
function deciding.content(request, v, chosen)
  local t = request.t
  local _, states = intake.states(v)
  local nodes, page = {}, nil
  local run = {}
  local function flush()
    if #run == 0 then return end
    nodes[#nodes + 1] = h.p{ class = "ask-deciding__section", t("From:"), " ",
      h.a{ href = questions.address(v.case.id, page), request.form_text(page.title) } }
    nodes[#nodes + 1] = shown.questions(request, v, run)
    run = {}
  end
  for _, entry in ipairs(chosen) do
    local of = v.made.page_of[entry.item.id]
    if of ~= page then
      flush()
      page = of
    end
    if states[of.id] then run[#run + 1] = entry end
  end
  flush()
  return nodes
end

return deciding
