-- luacheck over web/ and tests/web/: the pages of the app, Lua 5.4 without its outside, and `host`, the engine's functions.
std = "none"
max_line_length = 140
cache = false
read_globals = {
  "host", "require", "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset",
  "select", "setmetatable", "tonumber", "tostring", "type", "math", "string", "table", "utf8",
}
files["**/lib/cache.lua"] = { globals = { "host" } }
files["**/tests/web"] = { std = "lua54", globals = { "host", "require" }, max_line_length = 160 }
