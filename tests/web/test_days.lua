-- The calendar's arithmetic: lib/days.lua.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
local days = require "lib.days"

local tests = {}

function tests.what_is_a_day()
  for _, day in ipairs { "2026-11-28", "2024-02-29", "2000-02-29", "1900-01-31" } do assert(days.is_day(day), day) end
  for _, day in ipairs { "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "soon", "",
    "2026-11-28T00", false } do
    assert(not days.is_day(day), tostring(day))
  end
end

function tests.between()
  assert(days.between("2026-11-28", "2026-11-28") == 0)
  assert(days.between("2024-02-28", "2024-03-01") == 2 and days.between("2026-02-28", "2026-03-01") == 1)
  assert(days.between("2026-01-01", "2025-12-31") == -1 and days.between("1999-12-31", "2026-12-31") == 9862)
end

function tests.months()
  assert(days.months_later("2026-11-28", 6) == "2027-05-28")
  assert(days.months_later("2026-01-31", 1) == "2026-02-28")
  assert(days.months_later("2027-08-31", 6) == "2028-02-29")
  assert(days.months_later("2026-12-31", 12) == "2027-12-31")
  assert(days.months_later("2026-12-15", 1) == "2027-01-15")
  assert(days.month_after("2026-01", -1) == "2025-12" and days.month_after("2026-11", 2) == "2027-01")
end

function tests.years()
  assert(days.years_between("1944-03-02", "2026-03-01") == 81 and days.years_between("1944-03-02", "2026-03-02") == 82)
  assert(days.years_between("2024-02-29", "2025-02-28") == 0)
end

helper.run(tests)
