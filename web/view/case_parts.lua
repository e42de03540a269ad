-- How a case looks in a list, on the client's page and in the lists of work: what its programs say, what it waits for, when it was
-- touched. HTML only; the facts come from model/cases.lua and model/work.lua.

local h = require "lib.html"
local days = require "lib.days"
local private = require "model.private"
local rules = require "lib.rules"
local ui = require "lib.ui"

local parts = {}

-- Lists of many people stand open on a screen, and others look on. That somebody has HIV (and being in HASA says so), flees from
-- somebody, or drinks or takes drugs is not read there; the case itself says it.
local hidden_in_lists = { hiv = true, violence = true, drugs = true }
local told_in_lists = {}
for _, topic in ipairs(private.topics) do told_in_lists[topic.id] = not hidden_in_lists[topic.id] end

--- Whether a list may not show any of these texts (English, as in the sources; nil: nothing).
function parts.is_quiet(...)
  for _, text in pairs { ... } do if private.tells(text, told_in_lists) then return true end end
  return false
end

--- The same of the name of a program, by its id.
function parts.is_quiet_program(id)
  local known = rules.programs()
  local program = known and known.by_id[id]
  return program ~= nil and parts.is_quiet(program.name)
end

--- What stands in a list instead.
function parts.quiet(request) return request.t("Private: open the case") end

-- How many programs are named before the rest is counted.
local named = 4
local shown = { "likely", "possible", "need_info" }

--- A program's name in the request's language, as a node; the id of a program that is not there any more.
function parts.program_name(request, id)
  local known = rules.programs()
  local program = known and known.by_id[id]
  return program and request.program_text(id, program.name) or id
end

-- The same as text, for the order of a list.
local function plain_name(request, id)
  local known = rules.programs()
  local program = known and known.by_id[id]
  return program and request.t_program(id, program.name) or id
end

local function by_status(request, statuses)
  local groups = {}
  for program, status in pairs(statuses) do
    groups[status] = groups[status] or {}
    table.insert(groups[status], { id = program, name = plain_name(request, program) })
  end
  for _, group in pairs(groups) do
    table.sort(group, function(a, b) return a.name ~= b.name and a.name < b.name or a.name == b.name and a.id < b.id end)
  end
  return groups
end

--- What the programs say, the good news first: a list of tags with the programs' names, without those that are private. statuses:
--- { program = status }.
function parts.statuses(request, statuses)
  if not statuses or not next(statuses) then return false end
  local groups, rows = by_status(request, statuses), {}
  for _, status in ipairs(shown) do
    local group = groups[status]
    if group then
      local list = {}
      for _, program in ipairs(group) do
        if #list < named and not parts.is_quiet_program(program.id) then
          list[#list + 1] = { #list > 0 and ", ", parts.program_name(request, program.id) }
        end
      end
      if #list == 0 then
        list[1] = parts.quiet(request)
      elseif #group > #list then
        list[#list + 1] = { " ", request.tn(#group - #list, "and 1 more", "and {count} more") }
      end
      rows[#rows + 1] = h.li{ ui.status(request, status), " ", h.span{ list } }
    end
  end
  if #rows == 0 then return h.p{ class = "usa-hint", request.t("No program fits as things stand.") } end
  return h.ul{ class = "ask-outcomes", rows }
end

--- When something was: "today at 14:05", or the day. As <time>.
function parts.moment(request, microseconds)
  local at = host.local_time(microseconds)
  local day = string.format("%04d-%02d-%02d", at.year, at.month, at.day)
  local text = day == request.today and request.t("today at {time}", { time = request.time(microseconds) }) or request.date(day)
  return h.time{ datetime = day, text }
end

--- A name that a person typed: its direction is its own.
function parts.name(name) return h.bdi{ name } end

--- "March 2, 1944 (82 years old)"
function parts.birth(request, dob)
  if not days.is_day(dob) then return dob end
  local age = days.years_between(dob, request.today)
  return { request.date(dob), " ", h.span{ class = "usa-hint", "(", request.tn(age, "1 year old", "{count} years old"), ")" } }
end

return parts
