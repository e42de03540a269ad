-- The components of the app's pages, in one table: what pages/ use. Each function takes the request first, for its language,
-- and a table, and gives elements of html.lua. No page builds its own look; nothing here knows cases or clients.
--   lib/ui_page.lua     the whole document: ui.page, ui.error_summary, ui.error_of
--   lib/ui_fields.lua   questions and their answers: ui.field, ui.grid, ui.csrf, ui.id
--   lib/ui_read.lua     what such a field sent: ui.read
--   lib/ui_parts.lua    buttons, tags, alerts, cards, tables, lists
--   lib/ui_intake.lua   what stands around the questions: sections, live panel, saved indicator

local ui = {}
for _, name in ipairs { "ui_page", "ui_fields", "ui_read", "ui_parts", "ui_intake" } do
  for key, value in pairs(require("lib." .. name)) do
    assert(not ui[key], "two components of one name: " .. key)
    ui[key] = value
  end
end
return ui
