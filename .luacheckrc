-- luacheck over plugins/: rules are data in Lua 5.4, written with the words of docs/rule-author.md.
std = "none"
max_line_length = 140
cache = false

-- What the sandbox offers (engine/lua/constructors.c, library*.c). A word that is not here is a slip, and refused at load too.
read_globals = {
  -- the words of a program
  "program", "rule", "all", "any", "none", "at_least", "line", "first", "points", "point", "amount", "note", "document",
  "item", "choice", "choices", "hours", "days", "business_days",
  -- Lua itself, as far as a rule needs it
  "assert", "error", "ipairs", "select", "tonumber", "tostring", "type",
  math = {fields = {"abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger", "tointeger",
                    "type", "ult"}},
  string = {fields = {"byte", "len", "lower", "rep", "sub", "upper"}},
  table = {fields = {"concat", "insert", "remove", "unpack"}},
}

exclude_files = {"tests/hostile/**", "build/**"}

files["bench/**"] = {std = "lua54"}
