/* Engine values into Lua values. The other way, the result, is in call.c. */
#include "lua/argument.h"

#include <lauxlib.h>
#include <lua.h>

#include "base/number.h"
#include "base/text.h"
#include "lua/readonly.h"

/* Addresses are keys in the registry: the table of values, and its read-only face, which functions get. */
static const char values_key = 0, face_key = 0;

enum { ROOM = 8 };

static void push_list(lua_State *lua, const struct ask_item_spec *item, const struct ask_entries *entries);

/* Throws, always. */
static int refuse_read(lua_State *lua) {
  return luaL_error(lua, "reads %s, which it does not declare: add it to reads = { ... }", ask_lua_key_text(lua, 2));
}

/* Throws, always. */
static int refuse_write(lua_State *lua) {
  return luaL_error(lua, "sets %s: answers are read-only", ask_lua_key_text(lua, 2));
}

/* Throws. */
static void push_word(lua_State *lua, const struct ask_options *options, int64_t index) {
  if (options && index >= 0 && index < (int64_t)options->count)
    lua_pushstring(lua, options->list[index].id);
  else
    luaL_error(lua, "an answer is none of its choices");
}

/* Throws. */
static void push_words(lua_State *lua, const struct ask_options *options, uint64_t ticked) {
  lua_createtable(lua, __builtin_popcountll(ticked), 0);
  for (int i = 0, position = 1; i < 64; i++) {
    if (!(ticked >> i & 1)) continue;
    push_word(lua, options, i);
    lua_rawseti(lua, -2, position++);
  }
}

/* Throws. Pushes one known value. */
static void push_value(lua_State *lua, enum ask_type type, const struct ask_options *options,
                       const struct ask_item_spec *list, int64_t word) {
  luaL_checkstack(lua, ROOM, NULL);
  switch (type) {
  case ASK_BOOL: lua_pushboolean(lua, word != 0); break;
  case ASK_INTEGER:
  case ASK_MONEY:
  case ASK_DATE: lua_pushinteger(lua, word); break;
  case ASK_DECIMAL: lua_pushnumber(lua, (lua_Number)word / ASK_DECIMAL_ONE); break;
  case ASK_CHOICE: push_word(lua, options, word); break;
  case ASK_CHOICES: push_words(lua, options, (uint64_t)word); break;
  case ASK_TEXT: {
    const struct ask_text *text = (const struct ask_text *)(intptr_t)word;
    lua_pushlstring(lua, text->bytes, text->length);
    break;
  }
  case ASK_LIST: push_list(lua, list, (const struct ask_entries *)(intptr_t)word); break;
  }
}

/* Throws. As deep as lists are declared in lists. */
static void push_list(lua_State *lua, const struct ask_item_spec *item, const struct ask_entries *entries) {
  if (!item || entries->width > item->field_count) {
    luaL_error(lua, "a list has entries that do not fit its fields");
    return;
  }
  lua_createtable(lua, (int)entries->count, 0);
  for (uint32_t row = 0; row < entries->count; row++) {
    lua_createtable(lua, 0, (int)entries->width);
    for (uint32_t column = 0; column < entries->width; column++) {
      const struct ask_value *cell = &entries->cells[(size_t)row * entries->width + column];
      const struct ask_item_spec *field = &item->fields[column];
      if (cell->state != ASK_KNOWN) continue;
      push_value(lua, field->type, &field->options, field, cell->word);
      lua_setfield(lua, -2, field->id);
    }
    lua_rawseti(lua, -2, (lua_Integer)row + 1);
  }
}

void ask_lua_argument_new(struct lua_State *lua) {
  luaL_checkstack(lua, ROOM, NULL);
  lua_createtable(lua, 0, 0);
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, refuse_read);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pushvalue(lua, -1);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &values_key);
  ask_lua_readonly(lua, refuse_write);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &face_key);
}

void ask_lua_argument_push(struct lua_State *lua, const struct ask_lua_read *reads, size_t count) {
  luaL_checkstack(lua, ROOM, NULL);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &values_key);
  for (size_t i = 0; i < count; i++) {
    push_value(lua, reads[i].type, reads[i].options, reads[i].list, reads[i].value.word);
    lua_setfield(lua, -2, reads[i].name);
  }
  lua_pop(lua, 1);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &face_key);
}

void ask_lua_argument_empty(struct lua_State *lua) {
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &values_key);
  lua_pushnil(lua);
  while (lua_next(lua, -2)) {
    lua_pop(lua, 1);
    lua_pushvalue(lua, -1);
    lua_pushnil(lua);
    lua_rawset(lua, -4); /* an entry that exists: nothing is allocated, and the traversal may go on */
  }
  lua_pop(lua, 1);
}
