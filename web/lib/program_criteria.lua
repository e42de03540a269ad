-- A program's criteria in words, from the tree of host.program: nested lists, with citations.

local h = require "lib.html"
local ui = require "lib.ui"

local criteria = {}

function criteria.unverified(request, node)
  if node.verified ~= false then return false end
  return { " ", ui.tag(request, request.t("not verified"), "warning") }
end

--- A citation: English in every language.
function criteria.cite(node)
  return node.cite and { " ", h.cite{ class = "ask-cite", lang = "en", dir = "ltr", node.cite } }
end

local function words(request, program, node)
  local text = node.text and request.t_program(program, node.text)
  if node.kind == "rule" or #(node.children or {}) == 0 then return text and host.capital(text) end
  local how = node.kind == "all" and request.t("all of these") or node.kind == "any" and request.t("at least one of these")
    or node.kind == "none" and request.t("none of these")
    or node.at_least and request.t("at least {count} of these", { count = node.at_least }) or request.t("these")
  return text and host.capital(text) .. ": " .. how or host.capital(how)
end

--- The tree as a list. program: its id.
function criteria.list(request, program, node)
  local items = {}
  for index, child in ipairs(node.children or {}) do
    items[index] = h.li{ words(request, program, child), criteria.unverified(request, child), criteria.cite(child),
      #(child.children or {}) > 0 and criteria.list(request, program, child) }
  end
  return h.ul{ class = "usa-list ask-criteria", items }
end

--- What stands above such a list: "All of these:".
function criteria.lead(request, node)
  return (words(request, nil, { kind = node.kind, children = node.children, at_least = node.at_least }) or "") .. ":"
end

return criteria
