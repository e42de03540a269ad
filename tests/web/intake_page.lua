-- Prints an intake page of a few questions, for tests/browser/test_script.js. Arguments: the paths of the style and the script.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
local ui = require "lib.ui"

host = { assets = { style = arg[1], script = arg[2] } }
local request = helper.request{ csrf = "old-token" }
local function field(spec)
  spec.item, spec.unknown, spec.decline, spec.clear = spec.name, true, true, true
  return ui.field(request, spec)
end

io.write(require("lib.html").render(ui.page(request, {
  title = "Where you live", wide = true, live = true, quick_exit = true, back = "/other",
  main = ui.columns(request, {
    sections = ui.sections(request, { items = { { text = "Where you live", href = "/", state = "in_progress", left = 7, current = true } } }),
    main = ui.form(request, { action = "/sections", save = "/answers", version = 3, previous = "/other?previous", next = "/other?next",
      buttons = { ui.saved(request, "14:05"), ui.button(request, { text = "Next" }) },
      content = {
        ui.heading(request, { text = "Where you live" }),
        field{ type = "bool", name = "danger", label = "Is anyone in danger?", value = false },
        field{ type = "choice", name = "living", label = "Where do you live?", value = "rent",
          options = { { id = "rent", text = "I rent" }, { id = "own", text = "I own" }, { id = "shelter", text = "A shelter" } } },
        field{ type = "money", name = "rent", label = "How much rent?", value = 1450.0 },
        field{ type = "date", name = "dob", label = "Date of birth?", value = "1944-03-02" },
        field{ type = "text", name = "zip", label = "ZIP code?", value = "10453", max_length = 5 },
        field{ type = "choices", name = "hazards", label = "What is wrong?", value = { "heat" }, none = true,
          options = { { id = "heat", text = "No heat" }, { id = "mold", text = "Mold" } } },
        ui.item(request, { item = "incomes", ui.field(request, { type = "money", name = "incomes.0.amount", label = "How much?", value = 5 }),
          ui.button(request, { text = "Add", name = "add", value = "incomes", live = true }) }),
        field{ type = "integer", name = "rooms", label = "How many rooms?" },
        ui.item(request, { item = "people",
          ui.field(request, { type = "choices", name = "people.0.incomes.state", label = "What money do they get?", options = {}, none = "None",
            value = {} }),
          ui.grid(request, { legend = "Yes or no", options = { { id = "true", text = "Yes" }, { id = "false", text = "No" } },
            rows = { { name = "people.0.veteran", label = "Did they serve?" } } }) }),
      } }),
    panel = ui.panel(request, { programs = {
      { id = "snap", name = "SNAP", status = "need_info", missing = 1, href = "#q-dob" },
      { id = "heap", name = "HEAP", status = "unlikely" } } }),
  }),
}), true))
