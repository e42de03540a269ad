-- The answers of a case, section by section, as rows of names and values: for checking them, and for the worker's print. What is
-- private (has a label) stands apart. Knows what was not asked and why, and which programs wait for an answer.

local explain = require "view.explain"
local rules = require "lib.rules"

local answers = {}

local function is_private(item) return item.labels and #item.labels > 0 or false end
answers.is_private = is_private

--- A list, in the form's order, of { section, rows, private } with rows of { id, item, value (nil: not answered), why (not asked:
--- "hidden", "decided", ...), waiting = programs that need it, set_aside = true (given, but not asked any more) }. asked: what host.next
--- gave, or nil. ignored: the result's.
function answers.sections(case, asked, ignored)
  local form, reason = rules.form()
  if not form then return nil, reason end
  local waiting, why, aside = {}, {}, {}
  for _, entry in ipairs(asked and asked.next or {}) do
    local id = entry.item
    waiting[id] = waiting[id] or entry.blocks
  end
  for _, entry in ipairs(asked and asked.not_asked or {}) do why[entry.item] = entry.why end
  for _, id in ipairs(ignored or {}) do aside[id] = true end
  local list = {}
  for _, section in ipairs(form.sections) do
    local made = { section = section, rows = {}, private = {}, not_asked = {} }
    for _, item in ipairs(section.items or {}) do
      local value = case.body.answers[item.id]
      if item.text and (value ~= nil or not item.computed) then
        local row = { id = item.id, item = item, value = value, why = why[item.id], waiting = waiting[item.id], set_aside = aside[item.id] }
        if value ~= nil or row.waiting then
          table.insert(is_private(item) and made.private or made.rows, row)
        elseif row.why then
          table.insert(made.not_asked, row)
        end
      end
    end
    if #made.rows + #made.private + #made.not_asked > 0 then list[#list + 1] = made end
  end
  return list
end

--- The path to a question of a case.
function answers.href(case, row) return explain.link(case.id, row.id) end

return answers
