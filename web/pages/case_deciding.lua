-- The deciding questions first: a few at a time, in the order of the engine, until nothing more would change what a program says.

local changes = require "model.changes"
local deciding = require "view.intake_deciding"
local frame = require "view.intake_frame"
local intake = require "model.intake"
local questions = require "model.questions"
local section = require "view.intake_section"
local ui = require "lib.ui"

local workers = { "worker", "supervisor" }

-- Nothing more to ask here: what is left, and where to go.
local function done_page(request, v, next_ones)
  local t = request.t
  local first_private
  for _, state in ipairs((intake.states(v))) do
    if state.page.steps and state.left > 0 then first_private = first_private or state.page end
  end
  return {
    ui.alert(request, { kind = "success", heading = next_ones.all == 0 and t("Every program has what it needs")
      or t("The deciding questions are answered"),
      text = next_ones.private > 0 and request.tn(next_ones.private,
        "1 private question could still change a result. It can be left out.",
        "{count} private questions could still change a result. They can be left out.")
      or next_ones.waits > 0 and t("What is left is for the nurse.")
      or t("No other question would change what a program says.") }),
    ui.buttons(request, {
      first_private and next_ones.private > 0 and ui.button(request, { text = t("Private questions"),
        href = questions.address(v.case.id, first_private) }),
      ui.button(request, { text = t("Check answers"), href = "/cases/" .. v.case.id .. "/check",
        kind = first_private and next_ones.private > 0 and "outline" or nil }) }) }
end

local function page(request, v)
  local t, id = request.t, v.case.id
  local next_ones = deciding.next(v)
  -- A screen stays as it is until one goes on, so that nothing jumps while it is answered.
  local asked = (request.query.ask or table.concat(next_ones.ids, ",")):gsub("[^%w_,]", "")
  local chosen = deciding.chosen(v.made, asked)
  local count = 0
  for _ in pairs(next_ones.blocks) do count = count + 1 end
  local main
  if not chosen then
    main = done_page(request, v, next_ones)
  else
    main = ui.form(request, { action = "/cases/" .. id .. "/deciding?ask=" .. asked,
      save = "/cases/" .. id .. "/answers?deciding=" .. asked, version = v.case.version, next = "/cases/" .. id .. "/deciding",
      previous = "/cases/" .. id .. "/deciding", content = deciding.content(request, v, chosen), buttons = {
        ui.button(request, { text = t("Save and continue"), name = "go", value = "next" }), frame.saved(request, v) } })
  end
  return { html = ui.page(request, { title = t("Deciding questions first"), wide = true, live = true, nav = "clients",
    errors = chosen and frame.errors(request, v, chosen) or nil,
    main = ui.columns(request, { sections = frame.sections(request, v, { deciding = true }), panel = frame.panel(request, v),
      main = { frame.heading(request, v, { text = t("Deciding questions first"), caption = t("Intake"),
        lead = chosen and request.tn(count, "These decide the most: 1 program waits for them.",
          "These decide the most: {count} programs wait for them.") or nil }), main } }) }) }
end

local function show(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  return page(request, v)
end

local function save(request)
  local v, reason = intake.open(request, request.params.id)
  if not v then return { failed = reason } end
  local chosen = deciding.chosen(v.made, request.query.ask)
  if not chosen then return { redirect = "/cases/" .. v.case.id .. "/deciding" } end
  local change = section.change_of(request, v, chosen)
  local case, result = changes.apply(request, v.case.id, change, intake.view)
  if not case then return section.refused(v.case.id, result) end
  v, reason = intake.of(request, case, result)
  if not v then return { failed = reason } end
  local here = "/cases/" .. case.id .. "/deciding?ask=" .. request.query.ask:gsub("[^%w_,]", "")
  if request.form.go ~= "next" or #frame.errors(request, v, chosen) > 0 then return { redirect = here } end
  return { redirect = "/cases/" .. case.id .. "/deciding" }
end

return {
  { "GET", "/cases/{id}/deciding", roles = workers, show },
  { "POST", "/cases/{id}/deciding", roles = workers, save },
}
