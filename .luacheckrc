-- luacheck over plugins/: rules are data in Lua 5.4, written with the words of docs/rule-author.md.
std = "none"
max_line_length = 140
cache = false

-- What the sandbox offers. A word that is not here is a slip, as it is when the plugin is loaded.
read_globals = {
  -- the words of a program
  "program", "line", "rule", "all", "any", "none", "at_least", "first", "points", "point", "amount", "note", "document",
  "item", "field", "group", "bool", "integer", "decimal", "money", "date", "text", "choice", "choices", "list",
  "hours", "days", "business_days",
  -- Lua itself, as far as a rule needs it
  "ipairs", "select", "type", "tostring", "tonumber", "error", "assert", "next",
  math = {fields = {"abs", "ceil", "floor", "fmod", "max", "min", "tointeger", "type", "ult", "huge", "maxinteger",
                    "mininteger", "pi"}},
  string = {fields = {"len", "lower", "upper", "sub", "byte", "char", "format"}},
  table = {fields = {"concat", "insert", "remove", "sort", "unpack", "pack"}},
}

exclude_files = {"tests/hostile/**", "build/**"}

files["bench/**"] = {std = "lua54"}
