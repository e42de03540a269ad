-- The criteria of one determination as nested lists: what holds, what does not, what is not known, each with where it comes from and
-- what it was decided on: the person's own answers, the figures of the worksheet, the numbers of the rules. Told by a word and a
-- drawing, never by colour alone. A part that did not decide is folded away.

local h = require "lib.html"
local explain = require "view.explain"
local ui = require "lib.ui"

local criteria = {}

-- More values than this are folded.
local values_shown = 4

local icons = { met = "done", unmet = "unlikely", unknown = "need_info", withheld = "withheld", failed = "error" }

local function state_of(node)
  if node.withheld then return "withheld" end
  if node.fault then return "failed" end
  if node.value == true then return "met" end
  if node.value == false then return "unmet" end
  return "unknown"
end

local function state_word(request, state)
  local t = request.t
  local words = { met = t("Met"), unmet = t("Not met"), unknown = t("Not known yet"), withheld = t("Not shared"),
    failed = t("Could not be computed") }
  return words[state]
end

local function kind_word(request, node)
  local t = request.t
  if node.kind == "any" then return t("one of these is enough") end
  if node.kind == "all" then return t("all of these") end
  if node.kind == "none" then return t("none of these") end
  if node.kind == "at_least" then return t("at least {count} of these", { count = node.at_least }) end
end

--- The name of a number of the rules, such as "snap_limit_130[1]", and its unit. context.parameters: id -> { title, unit }.
local function parameter_name(request, context, name)
  local id, key = name:match("^([%w_]+)%[(.*)%]$")
  local known = context.parameters[id or name]
  local function translated(text) return request.program_text(context.program, text) end
  local title = known and known.title and translated(known.title) or explain.name(request, translated, id or name)
  if not key then return title, known and known.unit end
  return { title, " (", key:match("^-?%d+$") or translated((key:gsub("_", " "))), ")" }, known and known.unit
end

local function sorted_names(of)
  local names = {}
  for name in pairs(of or {}) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- The items that a criterion reads. One without an answer is not among node.reads (a null member is not there): its own text has it.
local function read_by(node)
  local names = {}
  for name in pairs(node.reads or {}) do names[name] = true end
  for name in (node.expr or ""):gsub("'[^']*'", ""):gmatch("%f[%w_.][%a_][%w_]*") do
    if explain.item(name) then names[name] = true end
  end
  return names
end

--- What was looked at, as rows: the answers (reads), figures of the worksheet (lines), numbers of the rules (parameters).
--- context: { request, program, case_id, lines = name -> step of the worksheet, parameters }.
function criteria.values(context, node)
  local request, answers, others = context.request, {}, {}
  for _, id in ipairs(explain.in_order(read_by(node))) do
    local item = explain.item(id)
    local href = explain.link(context.case_id, id)
    local text = explain.question(request, id, item)
    answers[#answers + 1] = h.div{ class = "ask-values__row", h.dt{ href and h.a{ href = href, text } or text },
      h.dd{ explain.value(request, item, node.reads[id]) } }
  end
  for _, name in ipairs(sorted_names(node.lines)) do
    local line = context.lines[name]
    others[#others + 1] = h.div{ class = "ask-values__row ask-values__row--line",
      h.dt{ line and h.a{ href = "#line-" .. name, line.text and request.program_text(context.program, line.text)
        or explain.question(request, name) } or explain.question(request, name) },
      h.dd{ explain.figure(request, line and line.type, node.lines[name]) } }
  end
  for _, name in ipairs(sorted_names(node.parameters)) do
    local title, unit = parameter_name(request, context, name)
    others[#others + 1] = h.div{ class = "ask-values__row ask-values__row--rule", h.dt{ title },
      h.dd{ explain.figure(request, nil, node.parameters[name], unit) } }
  end
  local function list(rows) return h.dl{ class = "ask-values", rows } end
  if #answers == 0 and #others == 0 then return false end
  if #answers > values_shown then
    return { #others > 0 and list(others), ui.details(request, { summary = request.tn(#answers, "1 answer behind it",
      "{count} answers behind it"), list(answers) }) }
  end
  return list { answers, others }
end

local show

local function children_of(context, node, decided)
  local list = {}
  for index, child in ipairs(node.children) do list[index] = show(context, child, decided) end
  return h.ul{ class = "ask-tree", list }
end

-- decided: what the whole comes to; a part that says the same is open, what did not decide is folded.
function show(context, node, decided)
  local request, state = context.request, state_of(node)
  local has_children = #node.children > 0
  local kind = has_children and node.text and h.span{ class = "ask-criterion__kind", " (", kind_word(request, node), ")" }
  local line = { h.span{ class = "ask-criterion__mark", ui.icon(icons[state]) },
    h.span{ class = "ask-criterion__line", h.span{ class = "ask-criterion__text", node.text
      and explain.words(request, context.program, node.text) or kind_word(request, node) }, kind },
    h.span{ class = "ask-criterion__word", state_word(request, state) } }
  local body = { node.cite and explain.cite(request, node.cite), node.verified == false and { " ", explain.unverified(request) } }
  if #body > 0 then body = h.p{ class = "ask-criterion__source", body } end
  local more = has_children and children_of(context, node, node.value) or criteria.values(context, node)
  local content
  if more then
    content = h.details{ open = node.value == decided,
      h.summary{ class = "ask-criterion__summary", line }, h.div{ class = "ask-criterion__body", body, more } }
  else
    content = { h.div{ class = "ask-criterion__summary", line }, h.div{ class = "ask-criterion__body", body } }
  end
  return h.li{ class = "ask-criterion ask-criterion--" .. state, content }
end

--- The whole tree. context as for criteria.values.
function criteria.tree(context, root)
  if #root.children == 0 or root.text then return h.ul{ class = "ask-tree ask-tree--root", show(context, root, root.value) } end
  local list = {}
  for index, child in ipairs(root.children) do list[index] = show(context, child, root.value) end
  return { h.p{ class = "usa-hint", root.kind == "all" and context.request.t("All of these have to hold.")
    or root.kind == "any" and context.request.t("One of these is enough.") or kind_word(context.request, root) },
    h.ul{ class = "ask-tree ask-tree--root", list } }
end

return criteria
