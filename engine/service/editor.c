/* The generated files for editors: Lua definitions, luacheck's settings, JSON Schemas. */
#include "service/editor.h"

#include "lua/definitions.h"
#include "yaml/schema.h"

enum { OTHERS = 2 };

size_t ask_editor_count(void) { return OTHERS + ask_yaml_schema_count(); }

const char *ask_editor_file(struct ask_arena *arena, size_t number, struct ask_buffer *ret) {
  if (number == 0) {
    ask_lua_definitions(ret);
    return "lua/askonce.lua";
  }
  if (number == 1) {
    ask_lua_luacheckrc(ret);
    return "luacheckrc";
  }
  ask_yaml_schema(number - OTHERS, ret);
  return ask_printf(arena, "schema/%s.json", ask_yaml_schema_name(number - OTHERS));
}
