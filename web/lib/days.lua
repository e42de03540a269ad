-- Days as "YYYY-MM-DD": whether there is such a day, how many lie between two, the day or month so many months later. Whole numbers
-- and texts alone; no clock.

local days = {}

local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function length_of(year, month)
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  return month == 2 and leap and 29 or lengths[month]
end

local function parts(day)
  local year, month, of_month = tostring(day):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if year then return tonumber(year), tonumber(month), tonumber(of_month) end
end

--- Whether a text is a day of the calendar.
function days.is_day(text)
  local year, month, of_month = parts(text)
  return year ~= nil and month >= 1 and month <= 12 and of_month >= 1 and of_month <= length_of(year, month)
end

-- Days since 1970 of a civil date.
local function number_of(day)
  local year, month, of_month = parts(day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + of_month - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

--- Whole days from one day to another; negative when it is past.
function days.between(from, to) return number_of(to) - number_of(from) end

--- The month so many months later or, with a negative count, earlier: "2026-12".
function days.month_after(month, count)
  local year, of_year = month:match("^(%d+)-(%d+)")
  local all = tonumber(year) * 12 + tonumber(of_year) - 1 + count
  return string.format("%04d-%02d", all // 12, all % 12 + 1)
end

--- The day so many months later; the last day of the month when there is no such day.
function days.months_later(day, count)
  local month = days.month_after(day, count)
  local year, of_year = month:match("^(%d+)-(%d+)$")
  local _, _, of_month = parts(day)
  return string.format("%s-%02d", month, math.min(of_month, length_of(tonumber(year), tonumber(of_year))))
end

--- Whole years from a day of birth to another day.
function days.years_between(from, to)
  local year, month, of_month = parts(from)
  local now_year, now_month, now_of_month = parts(to)
  return now_year - year - ((now_month < month or now_month == month and now_of_month < of_month) and 1 or 0)
end

return days
