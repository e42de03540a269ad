/* Read-only faces of tables. Which tables get one is decided elsewhere (library.c, keep.c, call.c). */
#include "lua/readonly.h"

#include <lauxlib.h>
#include <lua.h>

const char *ask_lua_key_text(struct lua_State *lua, int index) {
  if (lua_type(lua, index) == LUA_TSTRING) return lua_pushfstring(lua, "'%s'", lua_tostring(lua, index));
  if (lua_isinteger(lua, index)) return lua_pushfstring(lua, "[%I]", (LUAI_UACINT)lua_tointeger(lua, index));
  return lua_pushfstring(lua, "[a %s]", luaL_typename(lua, index));
}

/* Throws, always. */
static int refuse_write(lua_State *lua) {
  return luaL_error(lua, "writes %s into a table that was made outside the function: such tables are read-only",
                    ask_lua_key_text(lua, 2));
}

/* Throws for want of memory. The __len of a face. */
static int length_behind(lua_State *lua) {
  ask_lua_readonly_behind(lua, 1);
  lua_pushinteger(lua, (lua_Integer)lua_rawlen(lua, -1));
  return 1;
}

void ask_lua_readonly(struct lua_State *lua, int (*refuse)(struct lua_State *lua)) {
  luaL_checkstack(lua, 4, NULL);
  lua_createtable(lua, 0, 0); /* the face */
  lua_createtable(lua, 0, 3); /* its metatable */
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, refuse ? refuse : refuse_write);
  lua_setfield(lua, -2, "__newindex");
  lua_pushcfunction(lua, length_behind);
  lua_setfield(lua, -2, "__len");
  lua_setmetatable(lua, -2);
  lua_remove(lua, -2);
}

void ask_lua_readonly_behind(struct lua_State *lua, int index) {
  luaL_checkstack(lua, 3, NULL);
  lua_pushvalue(lua, index);
  if (!lua_getmetatable(lua, -1)) return;
  lua_pushliteral(lua, "__index");
  lua_rawget(lua, -2);
  lua_replace(lua, -3);
  lua_pop(lua, 1);
}
