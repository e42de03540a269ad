-- What the pages of one case have in common once its questions are asked: which case it is, its name, the way between the pages.

local h = require "lib.html"
local ui = require "lib.ui"
local cases = require "model.cases"
local outcome = require "model.outcome"

local head = {}

--- The case that the address names; or nil and a reply that says why not.
function head.case(request)
  local case, reason = cases.get(request.params.id)
  if not case then return nil, { failed = reason } end
  return case
end

--- The same with its result (outcome.of): the case, the result, and whether it is the kept one; or nil and a reply.
function head.result(request, detail)
  local case, failed = head.case(request)
  if not case then return nil, failed end
  local result, kept = outcome.of(case, detail)
  if not result then return nil, { failed = kept } end
  return case, result, kept
end

--- Links to the pages of a case, the one in force marked: "intake", "check", "results", "client", "worker", "changes".
function head.tabs(request, case, current)
  local t, base, links = request.t, "/cases/" .. case.id, {}
  local function add(key, href, text)
    links[#links + 1] = h.li{ h.a{ class = "ask-tab", href = base .. href, ["aria-current"] = key == current and "page", text } }
  end
  add("intake", "", t("Intake"))
  add("check", "/check", t("Check answers"))
  add("results", "/results", t("Results"))
  if case.body.based_on then add("changes", "/changes", t("What changed")) end
  add("client", "/print/client", t("Client's summary"))
  add("worker", "/print/worker", t("Worker's summary"))
  return h.nav{ class = "ask-tabs", ["aria-label"] = t("This case"), h.ul{ links } }
end

--- The client's name as a node.
function head.name(request, case)
  local name = cases.name(case)
  return name and h.bdi{ name } or request.t("A client")
end

--- When the results were kept; or that they are not.
function head.kept(request, case, kept)
  local t, at = request.t, case.body.submitted_at
  if kept and at then return t("Kept on {day} at {time}", { day = request.day(at), time = request.time(at) }) end
  return ui.tag(request, t("Not kept yet"), "warning")
end

return head
