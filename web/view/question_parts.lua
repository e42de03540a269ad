-- What questions of a case are made of: their texts, who sees the answer, what is wrong with it, what stands in their fields. Of
-- model/intake.lua's view.

local answers = require "model.answers"
local h = require "lib.html"

local parts = {}

--- "Seen by SNAP and 12 other programs".
function parts.seen_by(request, v, id)
  local readers = v.made.readers[id]
  if not readers then return request.t("Only for the intake: no program reads it.") end
  local names = {}
  for index = 1, math.min(2, #readers) do names[index] = request.t_program(readers[index].program, readers[index].name) end
  local more = #readers - #names
  if more == 1 then
    names[3], more = request.t_program(readers[3].program, readers[3].name), 0
  end
  if more > 0 then
    return request.t("Seen by {programs} and {count} more programs", { programs = table.concat(names, ", "), count = more })
  end
  return request.t("Seen by {programs}", { programs = table.concat(names, ", ") })
end

--- All programs that look at an answer, as a list.
function parts.all_readers(request, v, id)
  local items = {}
  for index, program in ipairs(v.made.readers[id] or {}) do
    items[index] = h.li{ request.program_text(program.program, program.name) }
  end
  return #items > 0 and h.ul{ class = "usa-list", items }
end

--- A text of a question: a program that declares one brings its translation.
function parts.words_of(request, item, text)
  if not text then return nil end
  if item.declared_by and item.declared_by ~= "form" then return request.program_text(item.declared_by, text) end
  return request.form_text(text)
end

--- What is wrong with a field of an item, or nil. name: of the field, as ui_fields.lua has it.
function parts.error_of(request, v, field, item, name)
  local problem = v.refused[item.id] and v.refused[item.id][name]
  -- What is being typed is not told off: the script says what is wrong when one leaves it.
  if not problem or v.quiet and v.quiet[item.id] then return nil end
  return answers.message(request, field, problem)
end

--- What stands in a field: what was typed and refused, else the answer.
function parts.content_of(v, item, name, value)
  local problem = v.refused[item.id] and v.refused[item.id][name]
  if problem then
    if problem.typed ~= nil then return problem.typed end
    if problem.value ~= nil and type(problem.value) ~= "table" then return problem.value end
    if type(problem.value) == "table" and not problem.value.absent then return problem.value end
  end
  local absent = answers.absent(value)
  if not absent then return value end
  -- Some questions have a word of their own for "I prefer not to say".
  for _, option in ipairs(absent == "declined" and item.id == name and item.options or {}) do
    if option.declines then return option.id end
  end
  return nil, absent
end

--- The options of a field, yes and no too; whether one of them is "I prefer not to say", and one "none".
function parts.options_of(request, field)
  if field.type == "bool" then
    return { { id = "true", text = request.t("Yes") }, { id = "false", text = request.t("No") } }, false, false
  end
  local list, declines, none = {}, false, false
  for index, option in ipairs(field.options or {}) do
    list[index] = { id = option.id, text = parts.words_of(request, field, option.text or option.id) }
    declines = declines or option.declines
    none = none or option.id == "none"
  end
  return list, declines, none
end

return parts
