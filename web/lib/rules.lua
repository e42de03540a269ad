-- The form and the programs as pages look for them: by id. Shared tables: nothing here is to be changed.

local cache = require "lib.cache"

local rules = {}

-- { items = {id = item}, section_of = {id = section}, sections = {list}, packs }
local form = cache.by_rules(function(packs)
  local read, problem = host.form(packs)
  if not read then return nil, problem end
  local found = { form = read, items = {}, section_of = {}, sections = read.sections }
  for _, section in ipairs(read.sections) do
    for _, item in ipairs(section.items or {}) do
      found.items[item.id] = item
      found.section_of[item.id] = section
    end
  end
  return found
end)

--- { form, sections, items = {id = item}, section_of = {item id = section} }
function rules.form(packs) return form(packs) end

local programs = cache.by_rules(function()
  local read, problem = host.programs("all")
  if not read then return nil, problem end
  local found = { list = read.programs, by_id = {} }
  for _, program in ipairs(read.programs) do found.by_id[program.program] = program end
  return found
end)

--- { list, by_id = {id = program} } of every pack
function rules.programs() return programs() end

--- The pack of a program, or nil.
function rules.pack(program)
  local found = programs()
  local one = found and found.by_id[program]
  return one and one.pack
end

return rules
