/* The environment of a plugin: base functions, math, read-only globals. Not here: string and table functions. */
#include "lua/library.h"

#include <stddef.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "lua/readonly.h"

/* Its address is the key under which the registry keeps the table behind the globals. */
static const char globals_key = 0;

/* ---- base functions of our own ----------------------------------------------------------------------------------- */

/* Throws what it is meant to throw: always a text, so that no message can be lost. */
static int base_assert(lua_State *lua) {
  luaL_checkany(lua, 1);
  if (lua_toboolean(lua, 1)) return lua_gettop(lua);
  return luaL_error(lua, "%s", lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "assertion failed");
}

/* Throws. error(text [, level]) with levels 0 (no place), 1 and 2. */
static int base_error(lua_State *lua) {
  if (lua_type(lua, 1) != LUA_TSTRING)
    return luaL_error(lua, "error() was given a %s, not a text", luaL_typename(lua, 1));
  lua_Integer level = luaL_optinteger(lua, 2, 1);
  luaL_where(lua, level >= 1 && level <= 2 ? (int)level : 0); /* a C function, such as this one, has no place */
  lua_pushvalue(lua, 1);
  lua_concat(lua, 2);
  return lua_error(lua);
}

/* Throws. Never an address: it would differ from run to run. */
static int base_tostring(lua_State *lua) {
  luaL_checkany(lua, 1);
  int type = lua_type(lua, 1);
  if (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING)
    luaL_tolstring(lua, 1, NULL);
  else
    lua_pushstring(lua, lua_typename(lua, type));
  return 1;
}

/* Throws. tonumber(value), without a base. A text of more than 200 bytes is no number that anybody wrote. */
static int base_tonumber(lua_State *lua) {
  enum { LENGTH_MAX = 200 };
  size_t length = 0;
  luaL_checkany(lua, 1);
  if (lua_gettop(lua) > 1) return luaL_error(lua, "tonumber takes one value, and no base");
  if (lua_type(lua, 1) == LUA_TNUMBER) return 1;
  const char *text = lua_type(lua, 1) == LUA_TSTRING ? lua_tolstring(lua, 1, &length) : NULL;
  if (text && length <= LENGTH_MAX && lua_stringtonumber(lua, text) == length + 1) return 1;
  lua_pushnil(lua);
  return 1;
}

const char *const ask_lua_library_names[] = {"assert", "error", "ipairs", "select", "tonumber", "tostring",
                                             "type",   "math",  "string", "table",  NULL};

/* ---- globals ----------------------------------------------------------------------------------------------------- */

/* Throws, always. */
static int refuse_global_write(lua_State *lua) {
  return luaL_error(lua, "sets the global %s: write 'local' in front of it", ask_lua_key_text(lua, 2));
}

/* Throws, always. */
static int refuse_library_write(lua_State *lua) {
  return luaL_error(lua, "sets %s in a library: libraries are read-only", ask_lua_key_text(lua, 2));
}

/* What Lua has elsewhere and plugins do not, with the reason. */
static const struct {
  const char *name, *why;
} absent[] = {
    {"pairs", "its order changes from run to run; count with ipairs, or name the entries"},
    {"next", "its order changes from run to run; count with ipairs, or name the entries"},
    {"os", "no clock and no machine; as_of is the day of the assessment"},
    {"io", "no files; numbers come from parameters.yaml"},
    {"print", "nothing to print to; a note or a worksheet line shows something"},
    {"require", "no other files; numbers come from parameters.yaml"},
    {"pcall", "an error is a reason of its own; test the value instead"},
    {"xpcall", "an error is a reason of its own; test the value instead"},
    {"load", "no code from texts"},
    {"setmetatable", "no metatables"},
    {"getmetatable", "no metatables"},
    {"coroutine", "no coroutines"},
    {"utf8", "texts are compared, lowered and cut, no more"},
    {"_G", "globals are named one by one, and only read"},
};

/* Throws, always: a name that nobody defined is a slip, or something that plugins do not have. */
static int refuse_unknown_global(lua_State *lua) {
  for (size_t i = 0; i < sizeof absent / sizeof *absent && lua_type(lua, 2) == LUA_TSTRING; i++)
    if (strcmp(lua_tostring(lua, 2), absent[i].name) == 0)
      return luaL_error(lua, "there is no '%s' in a plugin: %s", absent[i].name, absent[i].why);
  return luaL_error(lua, "there is no %s in a plugin: is the name right, and its 'local' above this line?",
                    ask_lua_key_text(lua, 2));
}

/* Throws. Copies the named fields from the table at `from` to the table at the top. */
static void copy_fields(lua_State *lua, int from, const char *const *names) {
  for (; *names; names++) {
    lua_getfield(lua, from, *names);
    lua_setfield(lua, -2, *names);
  }
}

const char *const ask_lua_math_names[] = {"abs", "ceil",       "floor",     "fmod", "huge", "max", "maxinteger",
                                          "min", "mininteger", "tointeger", "type", "ult",  NULL};

/* Throws. Pushes a table of some of Lua's own mathematical functions. */
static void push_math(lua_State *lua) {
  lua_pushcfunction(lua, luaopen_math);
  lua_call(lua, 0, 1);
  lua_createtable(lua, 0, 12);
  copy_fields(lua, lua_gettop(lua) - 1, ask_lua_math_names);
  lua_remove(lua, -2);
}

void ask_lua_library_open(struct lua_State *lua) {
  static const char *const allowed[] = {"ipairs", "select", "type", NULL};
  static const luaL_Reg own[] = {{"assert", base_assert},
                                 {"error", base_error},
                                 {"tonumber", base_tonumber},
                                 {"tostring", base_tostring},
                                 {NULL, NULL}};
  lua_pushcfunction(lua, luaopen_base); /* fills the state's first global table, which is let go below */
  lua_call(lua, 0, 1);
  int full = lua_gettop(lua);
  lua_createtable(lua, 0, 32);
  copy_fields(lua, full, allowed);
  luaL_setfuncs(lua, own, 0);
  push_math(lua);
  ask_lua_readonly(lua, refuse_library_write);
  lua_setfield(lua, -2, "math");
  ask_lua_library_string(lua);
  ask_lua_readonly(lua, refuse_library_write);
  lua_setfield(lua, -2, "string");
  ask_lua_library_table(lua);
  ask_lua_readonly(lua, refuse_library_write);
  lua_setfield(lua, -2, "table");

  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, refuse_unknown_global);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pushvalue(lua, -1);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &globals_key);
  ask_lua_readonly(lua, refuse_global_write);
  lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS); /* becomes the _ENV of every chunk */
  lua_settop(lua, full - 1);
  lua_gc(lua, LUA_GCCOLLECT);
}

void ask_lua_library_globals(struct lua_State *lua) {
  luaL_checkstack(lua, 1, NULL);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &globals_key);
}
