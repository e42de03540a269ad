-- expect: load: expected program
local x = 1
