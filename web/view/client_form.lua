-- The fields of a client, for adding and for changing one: what they show, what they sent, what is wrong with it.

local rules = require "lib.rules"
local ui = require "lib.ui"

local client_form = {}

local function language_options(request)
  local form = rules.form()
  local item, options = form and form.items.language_pref, {}
  for index, option in ipairs(item and item.options or {}) do
    options[index] = { id = option.id, text = request.t_form(option.text) }
  end
  return options
end

--- The name of a language by its id.
function client_form.language_name(request, id)
  for _, option in ipairs(language_options(request)) do if option.id == id then return option.text end end
  return id
end

local function message_of(request, problem)
  local t = request.t
  local words = {
    ["name missing"] = t("Write the client's name."),
    ["name no-letters"] = t("Write the name with letters."),
    ["dob no-day"] = t("There is no such day, or it has not come yet."),
    ["phone no-phone"] = t("Write a phone number with at least 7 figures, such as 212-555-0100."),
    ["phone_safe no-phone"] = t("Write a phone number with at least 7 figures, such as 212-555-0100."),
    ["address_zip no-zip"] = t("Write five figures, such as 10025."),
  }
  return words[problem.field .. " " .. problem.code] or t("This is too long.")
end

--- What the form sent: fields as of the body, how the date was typed, errors of reading.
function client_form.read(request)
  local sent, errors = request.form, {}
  local fields = { name = sent.name, also_known_as = sent.also_known_as, phone = sent.phone, address_zip = sent.address_zip }
  local state, value, message = ui.read(request, "date", "dob")
  if state == "wrong" then
    errors[1] = { field = "dob", message = message }
  elseif state == "value" then
    fields.dob = value
  end
  local typed_dob = value
  if sent.phone_is_safe == "true" then fields.phone_safe = fields.phone end
  for _, option in ipairs(language_options(request)) do
    if option.id == sent.language then fields.language = option.id end
  end
  return fields, { typed_dob = typed_dob, phone_is_safe = sent.phone_is_safe }, errors
end

--- typed: what a field of the body does not hold, of form.read.
function client_form.fields(request, fields, typed, errors)
  local t = request.t
  local function error_of(field) return ui.error_of(errors, field) end
  local optional = t("optional")
  local safe = typed.phone_is_safe
  if safe == nil and fields.phone_safe then safe = "true" end
  local languages = language_options(request)
  return {
    ui.field(request, { name = "name", type = "text", label = t("Full name"), value = fields.name, max_length = 200,
      hint = t("As on their papers, with all last names."), error = error_of("name") }),
    ui.field(request, { name = "also_known_as", type = "text", label = t("Also known as"), optional = optional,
      value = fields.also_known_as, max_length = 200, hint = t("A maiden name, a name used every day."),
      error = error_of("also_known_as") }),
    ui.field(request, { name = "dob", type = "date", label = t("Date of birth"), optional = optional,
      value = typed.typed_dob or fields.dob, hint = t("Leave it empty when it is not known."), error = error_of("dob") }),
    ui.field(request, { name = "phone", type = "tel", label = t("Phone number"), optional = optional,
      value = fields.phone or fields.phone_safe, max_length = 40, error = error_of("phone") or error_of("phone_safe") }),
    ui.field(request, { name = "phone_is_safe", type = "bool", label = t("Is it safe for us to call this number?"), value = safe,
      hint = t("Ask. Another person may answer, or read the messages.") }),
    #languages > 0 and ui.field(request, { name = "language", type = "choice", as = "select", label = t("Language"),
      optional = optional, options = languages, value = fields.language }),
    ui.field(request, { name = "address_zip", type = "text", label = t("ZIP code"), optional = optional, value = fields.address_zip,
      max_length = 5, width = "xs", inputmode = "numeric", error = error_of("address_zip") }),
  }
end

-- As the fields stand on the page.
local field_order = { name = 1, also_known_as = 2, dob = 3, phone = 4, phone_is_safe = 5, language = 6, address_zip = 7 }

--- problems: of clients.check; errors: of form.read. All of them, in the order of the fields.
function client_form.errors(request, problems, errors)
  local known = {}
  for _, problem in ipairs(errors) do known[problem.field] = true end
  for _, problem in ipairs(problems or {}) do
    local field = problem.field == "phone_safe" and "phone" or problem.field
    if not known[field] then
      known[field] = true
      errors[#errors + 1] = { field = field, message = message_of(request, problem) }
    end
  end
  table.sort(errors, function(a, b) return field_order[a.field] < field_order[b.field] end)
  return errors
end

return client_form
