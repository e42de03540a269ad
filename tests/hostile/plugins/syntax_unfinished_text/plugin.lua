-- expect: load: unfinished string
local x = "abc
