/* The table functions of a plugin. Lua's own loop as far as a table's border, which a few well-placed entries can
 * put at 2^62: these charge for each step first, and read and write without metatables. */
#include <lauxlib.h>
#include <lua.h>

#include "lua/library.h"
#include "lua/readonly.h"
#include "lua/sandbox.h"

enum { UNPACK_MAX = 200 };

/* Throws. Makes argument 1 the table to read from. */
static void check_readable(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  ask_lua_readonly_behind(lua, 1);
  lua_replace(lua, 1);
}

/* Throws. */
static void check_writable(lua_State *lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  if (lua_getmetatable(lua, 1))
    luaL_error(lua, "changes a table that was made outside the function: such tables are read-only");
}

/* Throws. table.insert(list, [position,] value) */
static int table_insert(lua_State *lua) {
  check_writable(lua);
  lua_Integer end = (lua_Integer)((lua_Unsigned)lua_rawlen(lua, 1) + 1);
  int arguments = lua_gettop(lua);
  if (arguments == 2) {
    ask_lua_charge(lua, 1);
    lua_rawseti(lua, 1, end);
    return 0;
  }
  if (arguments != 3)
    return luaL_error(lua, "table.insert takes a table, a position and a value, or a table and a value");
  lua_Integer position = luaL_checkinteger(lua, 2);
  if (position < 1 || position > end) return luaL_argerror(lua, 2, "position out of bounds");
  ask_lua_charge(lua, end - position + 1);
  for (lua_Integer i = end; i > position; i--) {
    lua_rawgeti(lua, 1, i - 1);
    lua_rawseti(lua, 1, i);
  }
  lua_rawseti(lua, 1, position);
  return 0;
}

/* Throws. table.remove(list [, position]) */
static int table_remove(lua_State *lua) {
  check_writable(lua);
  lua_Integer size = (lua_Integer)lua_rawlen(lua, 1);
  lua_Integer position = luaL_optinteger(lua, 2, size);
  if (position != size && (lua_Unsigned)position - 1 > (lua_Unsigned)size)
    return luaL_argerror(lua, 2, "position out of bounds");
  ask_lua_charge(lua, size > position ? size - position + 1 : 1);
  lua_rawgeti(lua, 1, position);
  for (; position < size; position++) {
    lua_rawgeti(lua, 1, position + 1);
    lua_rawseti(lua, 1, position);
  }
  lua_pushnil(lua);
  lua_rawseti(lua, 1, position);
  return 1;
}

/* Throws. table.concat(list [, separator [, first [, last]]]) */
static int table_concat(lua_State *lua) {
  check_readable(lua);
  size_t between;
  const char *separator = luaL_optlstring(lua, 2, "", &between);
  lua_Integer first = luaL_optinteger(lua, 3, 1);
  lua_Integer last = luaL_optinteger(lua, 4, (lua_Integer)lua_rawlen(lua, 1));
  size_t total = 0;
  luaL_Buffer buffer;
  luaL_buffinit(lua, &buffer);
  for (lua_Integer i = first; i <= last; i++) {
    int type = lua_rawgeti(lua, 1, i);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
      return luaL_error(lua, "table.concat found a %s at [%I], expected a text or a number", lua_typename(lua, type),
                        (LUAI_UACINT)i);
    size_t length;
    lua_tolstring(lua, -1, &length);
    total += length + (i < last ? between : 0);
    if (total > ASK_LUA_STRING_MAX)
      return luaL_error(lua, "table.concat would make a text of more than %d bytes", ASK_LUA_STRING_MAX);
    ask_lua_charge(lua, 1 + (lua_Integer)((length + between) / 16));
    luaL_addvalue(&buffer);
    if (i == last) break; /* before i + 1 can overflow */
    luaL_addlstring(&buffer, separator, between);
  }
  luaL_pushresult(&buffer);
  return 1;
}

/* Throws. table.unpack(list [, first [, last]]) */
static int table_unpack(lua_State *lua) {
  check_readable(lua);
  lua_Integer first = luaL_optinteger(lua, 2, 1);
  lua_Integer last = luaL_optinteger(lua, 3, (lua_Integer)lua_rawlen(lua, 1));
  if (first > last) return 0;
  lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first; /* one less than the values */
  if (count >= UNPACK_MAX) return luaL_error(lua, "table.unpack gives at most %d values", UNPACK_MAX);
  int values = (int)count + 1;
  luaL_checkstack(lua, values, "table.unpack");
  ask_lua_charge(lua, values);
  for (int i = 0; i < values; i++) lua_rawgeti(lua, 1, first + i);
  return values;
}

const char *const ask_lua_table_names[] = {"concat", "insert", "remove", "unpack", NULL};

void ask_lua_library_table(struct lua_State *lua) {
  static const luaL_Reg functions[] = {{"concat", table_concat},
                                       {"insert", table_insert},
                                       {"remove", table_remove},
                                       {"unpack", table_unpack},
                                       {NULL, NULL}};
  lua_createtable(lua, 0, 4);
  luaL_setfuncs(lua, functions, 0);
}
