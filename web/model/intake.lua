-- One case as its pages show it: which questions are asked of this household, how far each page is, what every program says. No HTML.

local cases = require "model.cases"
local questions = require "model.questions"
local screening = require "model.screening"

local intake = {}

local function set_of(list)
  local set = {}
  for _, word in ipairs(list or {}) do set[word] = true end
  return set
end

local view = { detail = "status", questions = true, next = true }
--- What screening.of and changes.apply have to be asked for, so that their result fits here.
intake.view = view

--- The view of a case and a result: { case, body, result, made = questions.of(), user, hidden, waits, computed, next, rejected (of
--- screening.refused), refused = item -> the same of its fields }; or nil, reason.
function intake.of(request, case, result)
  local made, reason = questions.of()
  if not made then return nil, reason end
  local asked = result.questions or {}
  local view_of = { case = case, body = case.body, result = result, made = made, user = request.user, hidden = set_of(asked.hidden),
    waits = set_of(asked.waits), computed = asked.computed or {}, next = result.next or {},
    rejected = screening.refused(case, result), refused = {} }
  for field, problem in pairs(view_of.rejected) do
    view_of.refused[problem.item] = view_of.refused[problem.item] or {}
    view_of.refused[problem.item][field] = problem
  end
  return view_of
end

--- Reads the case and screens it: the view, or nil and why not.
function intake.open(request, id)
  local case, reason = cases.get(id)
  if not case then return nil, reason end
  local result
  result, reason = screening.of(case, view)
  if not result then return nil, reason end
  return intake.of(request, case, result)
end

--- Whether an item is asked of this household, as far as is known.
function intake.is_shown(v, item)
  local id = item.id
  if v.hidden[id] then return false end
  local given = v.body.answers[id] ~= nil or v.refused[id] ~= nil
  return not v.waits[id] or given
end

--- Whether an answer is waited for: also a total that follows from others is there.
function intake.is_answered(v, item)
  return v.body.answers[item.id] ~= nil or v.computed[item.id] ~= nil
end

--- Whether an answer of an earlier assessment has still to be confirmed.
function intake.is_to_confirm(v, id)
  local confirmed = v.body.confirmed
  return confirmed ~= nil and v.body.answers[id] ~= nil and not confirmed[id]
end

--- Whether this person may fill in a page; and whether it waits for a role.
function intake.may_fill(v, page)
  if v.body.state == "closed" then return false end
  return cases.may_answer(v.user, page.section)
end

--- Whether a page is for this person's eyes: who is a nurse alone sees the nurse's part.
function intake.may_see(v, page)
  return cases.may_answer(v.user, page.section) or cases.sees_all(v.user)
end

--- Whether what a program says is for this person's eyes: for a nurse, the programs that read the nurse's part. made: questions.of().
function intake.is_for(made, user, program)
  if cases.sees_all(user) then return true end
  for _, page in ipairs(made.pages) do
    if page.role and cases.may_answer(user, page.section) then
      for _, entry in ipairs(page.entries) do
        for _, reader in ipairs(made.readers[entry.item.id] or {}) do
          if reader.program == program then return true end
        end
      end
    end
  end
  return false
end

--- The questions that two people answered and this person may decide, in the order of the form: list of { item, held (of
--- case.body.conflicts), page }.
function intake.conflicts(v)
  local list = {}
  for _, page in ipairs(v.body.conflicts and v.made.pages or {}) do
    for _, entry in ipairs(intake.may_fill(v, page) and page.entries or {}) do
      local items = { entry.item }
      for _, total in ipairs(v.made.totals[entry.item.id] or {}) do items[#items + 1] = total end
      for _, item in ipairs(items) do
        local held = v.body.conflicts[item.id]
        if held then list[#list + 1] = { item = item, held = held, page = page } end
      end
    end
  end
  return list
end

--- Where one goes when the last page is done: for a nurse there is nothing more in this case.
function intake.after_all(case_id, user)
  return cases.sees_all(user) and "/cases/" .. case_id .. "/check" or "/work"
end

-- sections: case.body.sections, or what they are about to be.
local function state_of(v, page, sections)
  local state = sections[page.id]
  local done = state and state.done
  local shown, left, given, wrong, confirm = 0, 0, 0, 0, 0
  for _, entry in ipairs(page.entries) do
    if intake.is_shown(v, entry.item) then
      shown = shown + 1
      if v.body.answers[entry.item.id] ~= nil then given = given + 1 end
      if not intake.is_answered(v, entry.item) then left = left + 1 end
      if v.refused[entry.item.id] then wrong = wrong + 1 end
      if intake.is_to_confirm(v, entry.item.id) then confirm = confirm + 1 end
    end
  end
  for _, entry in ipairs(page.entries) do
    for _, total in ipairs(v.made.totals[entry.item.id] or {}) do
      if v.refused[total.id] then wrong = wrong + 1 end
    end
  end
  local word
  if not intake.may_fill(v, page) and page.role then word = done and "done" or "waiting"
  elseif wrong > 0 then word = "again"
  elseif done and left <= (state.skipped or 0) then word = "done"
  elseif done then word = "again"
  elseif confirm > 0 then word = "again"
  elseif left == 0 and given > 0 then word = "done"
  elseif given > 0 then word = "in_progress"
  else word = "not_started" end
  return { page = page, shown = shown, left = left, given = given, state = word, to_confirm = confirm }
end

--- How far every page that asks something is, in order: list of { page, shown, left, given, state, to_confirm }, and by page id.
function intake.states(v)
  if v.states then return v.states, v.state_by_id end
  local list, by_id = {}, {}
  for _, page in ipairs(v.made.pages) do
    if intake.may_see(v, page) then
      local state = state_of(v, page, v.body.sections)
      if state.shown > 0 then
        list[#list + 1] = state
        state.number = #list
        by_id[page.id] = state
      end
    end
  end
  v.states, v.state_by_id = list, by_id
  return list, by_id
end

-- How far the whole case is, whoever asks, in sections as the list of sections shows them (all private topics are one): { done, all,
-- open }. open: whose turn it is: "worker" while a section that no role owns is open, then the role that has one ("nurse"), then nil:
-- all is done and can be checked.
local function progress_of(v, sections)
  local progress, private, private_done = { done = 0, all = 0 }, false, true
  for _, page in ipairs(v.made.pages) do
    local state = state_of(v, page, sections)
    local done = state.state == "done"
    if state.shown > 0 then
      if page.topic then
        private, private_done = true, private_done and done
      else
        progress.all = progress.all + 1
        if done then progress.done = progress.done + 1 end
      end
      if not done and not page.role then progress.open = "worker"
      elseif not done then progress.open = progress.open or page.role end
    end
  end
  if private then
    progress.all = progress.all + 1
    if private_done then progress.done = progress.done + 1 end
  end
  return progress
end

--- A page is done: what is left open in it is left on purpose. The case; or nil, reason.
function intake.finish(request, v, page)
  local _, by_id = intake.states(v)
  local state = { done = true, skipped = by_id[page.id] and by_id[page.id].left or 0, at = request.now, by = request.user.id }
  local sections = setmetatable({ [page.id] = state }, { __index = v.body.sections })
  return cases.finish(request, v.case, page, state, progress_of(v, sections))
end

--- The steps of a topic that have something to ask: list of { number, step }.
function intake.steps(v, page)
  local list = {}
  for number, step in ipairs(page.steps) do
    for _, entry in ipairs(step.entries) do
      if intake.is_shown(v, entry.item) then
        list[#list + 1] = { number = number, step = step }
        break
      end
    end
  end
  return list
end

--- Where one comes from and goes to: two of { page, step }, or nil at either end. step: nil for a section.
function intake.around(v, page, step)
  local before, after
  -- Also from a place that asks nothing any more, since somebody changed another answer meanwhile.
  local function look(of, number)
    if of.number < page.number or of == page and (number or 0) < (step or 0) then
      before = { page = of, step = number }
    elseif not after and (of ~= page or number ~= step) then
      after = { page = of, step = number }
    end
  end
  for _, state in ipairs((intake.states(v))) do
    for _, one in ipairs(state.page.steps and intake.steps(v, state.page) or { {} }) do look(state.page, one.number) end
  end
  return before, after
end

--- Where work goes on: the first page that is neither done nor waits for somebody else; nil: nowhere.
function intake.first_open(v)
  for _, state in ipairs((intake.states(v))) do
    if state.state ~= "done" and state.state ~= "waiting" and intake.may_fill(v, state.page) then
      if not state.page.steps then return { page = state.page } end
      for _, one in ipairs(intake.steps(v, state.page)) do
        for _, entry in ipairs(one.step.entries) do
          if intake.is_shown(v, entry.item) and not intake.is_answered(v, entry.item) then
            return { page = state.page, step = one.number }
          end
        end
      end
      return { page = state.page }
    end
  end
end

--- Which programs that are for this person's eyes say something else than before (program -> status): list of { program, status } in
--- the result's order, and how many of them need answers now.
function intake.moved(v, before)
  local list, need = {}, 0
  for _, determination in ipairs(v.result.determinations) do
    local id = determination.program
    if v.made.programs[id] and intake.is_for(v.made, v.user, id) then
      local was = before and before[id]
      if was and was ~= determination.status then list[#list + 1] = determination end
      if determination.status == "need_info" then need = need + 1 end
    end
  end
  return list, need
end

return intake
