/* The string functions of a plugin: no patterns, nothing whose cost its arguments do not bound. */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "lua/library.h"
#include "lua/sandbox.h"

/* Throws. string.rep(s, n [, separator]): Lua's own loops n times even over nothing. */
static int string_rep(lua_State *lua) {
  size_t length, between;
  const char *text = luaL_checklstring(lua, 1, &length);
  lua_Integer times = luaL_checkinteger(lua, 2);
  const char *separator = luaL_optlstring(lua, 3, "", &between);
  if (times <= 0 || length + between == 0) {
    lua_pushliteral(lua, "");
    return 1;
  }
  if (length + between > ASK_LUA_STRING_MAX || times > (lua_Integer)(ASK_LUA_STRING_MAX / (length + between)) + 1)
    return luaL_error(lua, "string.rep would make a text of more than %d bytes", ASK_LUA_STRING_MAX);
  size_t total = (size_t)times * length + (size_t)(times - 1) * between;
  if (total > ASK_LUA_STRING_MAX)
    return luaL_error(lua, "string.rep would make a text of more than %d bytes", ASK_LUA_STRING_MAX);
  ask_lua_charge(lua, (lua_Integer)(total / 16) + times);
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(lua, &buffer, total);
  for (lua_Integer i = 0; i < times; i++) {
    if (i > 0) {
      memcpy(to, separator, between);
      to += between;
    }
    memcpy(to, text, length);
    to += length;
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/* Throws. Letters A-Z and a-z only, whatever the locale: bytes of UTF-8 stay as they are. */
static int change_case(lua_State *lua, char first, char last) {
  size_t length;
  const char *text = luaL_checklstring(lua, 1, &length);
  ask_lua_charge(lua, (lua_Integer)(length / 16));
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(lua, &buffer, length);
  for (size_t i = 0; i < length; i++) to[i] = (char)(text[i] >= first && text[i] <= last ? text[i] ^ 0x20 : text[i]);
  luaL_pushresultsize(&buffer, length);
  return 1;
}

/* Throws. */
static int string_lower(lua_State *lua) { return change_case(lua, 'A', 'Z'); }
static int string_upper(lua_State *lua) { return change_case(lua, 'a', 'z'); }

const char *const ask_lua_string_names[] = {"byte", "len", "lower", "rep", "sub", "upper", NULL};

void ask_lua_library_string(struct lua_State *lua) {
  static const char *const allowed[] = {"byte", "len", "sub"};
  static const luaL_Reg own[] = {{"lower", string_lower}, {"rep", string_rep}, {"upper", string_upper}, {NULL, NULL}};
  lua_pushcfunction(lua, luaopen_string); /* also gives strings a metatable, which is replaced below */
  lua_call(lua, 0, 1);
  lua_createtable(lua, 0, 6);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    lua_getfield(lua, -2, allowed[i]);
    lua_setfield(lua, -2, allowed[i]);
  }
  luaL_setfuncs(lua, own, 0);
  lua_remove(lua, -2);

  lua_pushliteral(lua, "");
  lua_createtable(lua, 0, 1);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
}
