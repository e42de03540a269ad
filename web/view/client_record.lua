-- A client in a list of people: who it may be, and why it is in the list.

local h = require "lib.html"
local case_parts = require "view.case_parts"
local ui = require "lib.ui"

local record = {}

-- Why somebody is in the list, in words.
local function why_tag(request, why)
  local t = request.t
  local words = {
    name = t("Name fits"), nickname = t("Nickname of that name"), like = t("Similar name"), ["other-name"] = t("Known by another name"),
    ["dob-same"] = t("Same date of birth"), ["dob-swapped"] = t("Month and day the other way round"),
    ["dob-near"] = t("Similar date of birth"), phone = t("Same phone number"),
  }
  local sure = why.what == "name" or why.what == "dob-same" or why.what == "phone"
  return ui.tag(request, words[why.what], sure and "success" or "info")
end

--- found: one of clients.search; level: of the heading.
function record.item(request, found, level)
  local t, body, why = request.t, found.client.body, {}
  for index, one in ipairs(found.why) do why[index] = { index > 1 and " ", why_tag(request, one) } end
  local function fact(name, value) return h.div{ h.dt{ name }, h.dd{ value } } end
  local phone = body.phone or body.phone_safe
  return h.li{ class = "ask-person",
    h.element("h" .. level, { class = "ask-person__name",
      h.a{ class = "usa-link", href = "/clients/" .. found.client.id, case_parts.name(body.name) } }),
    body.also_known_as and h.p{ class = "usa-hint ask-person__other", t("Also known as"), " ", case_parts.name(body.also_known_as) },
    h.dl{ class = "ask-person__facts",
      fact(t("Date of birth"), body.dob and case_parts.birth(request, body.dob) or t("Not known")),
      phone and fact(t("Phone number"), h.bdi{ dir = "ltr", phone }),
      body.address_zip and fact(t("ZIP code"), body.address_zip) },
    #why > 0 and h.p{ class = "ask-person__why", h.span{ class = "usa-sr-only", t("Why it is in this list:"), " " }, why } }
end

--- A list of them.
function record.list(request, found)
  local items = {}
  for index, one in ipairs(found) do items[index] = record.item(request, one, 3) end
  return h.ol{ class = "ask-people", items }
end

return record
