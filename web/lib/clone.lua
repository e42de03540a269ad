-- Values as they are kept: copies of them, and whether two are the same. Arrays stay marked as such.

local clone = {}

local function copy(value)
  if type(value) ~= "table" then return value end
  local made = setmetatable({}, getmetatable(value))
  for key, entry in pairs(value) do made[key] = copy(entry) end
  return made
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, entry in pairs(a) do if not same(entry, b[key]) then return false end end
  for key in pairs(b) do if a[key] == nil then return false end end
  return true
end

--- Whether two values are the same through and through. 1450 and 1450.0 are; an empty list and an empty table are too.
clone.same = same

--- clone(value): a copy that shares nothing.
return setmetatable(clone, { __call = function(_, value) return copy(value) end })
