-- Every word once.
local weights = { none = 0, some = 2 }
local function weigh(word) return weights[word] or 0 end
return program {
  id = "demo", name = "Demo", agency = "HRA", helps = "Those who need it.", cite = "SSL 473", version = "2026.1",
  phone = "311", url = "https://example.org", verified = false,
  worksheet = {
    line { "gross", "wages_monthly + ssi_monthly", text = "Gross", cite = "7 CFR 273.10" },
    line { "steps", type = "integer", reads = { "age" }, function(a) return a.age * 2 + weigh("some") end },
  },
  eligible = all {
    rule { "adult", "age >= minimum_age", cite = "SSL 473(1)", code = "demo.adult" },
    any { "impaired", rule { "body", [[impairment ~= 'none']] }, rule { "mind", "mind ~= 'none'", verified = false } },
    none { "barred", rule { "bar", "bar" } },
    at_least { 2, "two of", rule { "a", "a" }, rule { "b", "b" }, rule { "c", reads = { "roster" }, function(a)
      local n = 0
      for i, member in ipairs(a.roster) do if member.age and member.age < 18 then n = n + i end end
      return n > 0
    end } },
  },
  possible = any { rule { "HRA decides", "immigration_status == 'lpr'" } },
  level = first {
    { "now", when = "danger", act_within = hours(24), urgency = 0, cite = "18 NYCRR 457.1" },
    { "soon", when = function(a) return a.age > 5 end, reads = { "age" }, act_within = days(7) },
    { "later", otherwise = true, act_within = business_days(3) },
  },
  score = points { point { "pregnant", when = "pregnant_any", points = "screener_points.pregnant" },
                   point { "young", when = "age < 25", points = 2 } },
  amount = amount { "benefit", per = "month", text = "Estimated benefit" },
  notes = { note { "A child", when = "any(roster, member.age < 18)", cite = "c", code = "demo.child" }, "Always" },
  documents = { "Photo ID", document { "The lease", when = "living == 'rent'" } },
  next_step = first { { "Call 911 first.", when = "danger" }, { "Refer.", otherwise = true } },
  cannot = { "act as an emergency service" },
  review = { months = 6, cite = "18 NYCRR 457.5" },
  items = {
    item { "alone", choice { "yes", { "help", "With help", code = 2 }, { "no", declines = true }, ordered = true },
           text = "Alone?", why = "w", help = "h", section = "daily", labels = { "health" }, required = true },
    item { "rent", "money", text = "Rent?", ask_when = "living == 'rent'", if_not_asked = 0, min = 0, max = 20000.5 },
    item { "zip", "text", text = "ZIP?", max_length = 5, pattern = "[0-9]{5}", pattern_hint = "five digits" },
    item { "pets", "list", entry = "pet", max_entries = 3, fields = { item { "kind", choices { "cat", "dog" } } } },
  },
}
