/* Keeps a plugin's functions: read-only tables, watched variables. Calling them is in call.c. */
#include "lua/keep.h"

#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "lua/readonly.h"
#include "lua/sandbox.h"

/* Addresses are keys in the registry. functions: by number + 1; holders: functions that have a watched variable;
 * values: what the variables held, in the order of the watches. */
static const char functions_key = 0, holders_key = 0, values_key = 0;

enum { DEPTH_MAX = 32, STEP_COST = 10, ROOM = 12 };

struct walk {
  lua_State *lua;
  struct ask_arena *arena;
  struct ask_lua_kept *kept;
  int visited; /* stack indexes of tables: what this function's walk has seen, */
  int faces;   /* and the face of every table that has got one */
  int holders, values;
  int depth;
  int line;
};

static void visit_value(struct walk *walk);

/* Throws. The error's place is that of the function which is being walked. */
static void refuse(struct walk *walk, const char *why) {
  lua_pushfstring(walk->lua, ASK_LUA_CHUNK ":%d: %s", walk->line, why);
  lua_error(walk->lua);
}

/* Throws. True if the value at the top has been seen in this walk; notes it. */
static bool seen(struct walk *walk) {
  lua_State *lua = walk->lua;
  lua_pushvalue(lua, -1);
  bool before = lua_rawget(lua, walk->visited) != LUA_TNIL;
  lua_pop(lua, 1);
  if (before) return true;
  lua_pushvalue(lua, -1);
  lua_pushboolean(lua, 1);
  lua_rawset(lua, walk->visited);
  return false;
}

/* Throws. Replaces the table at the top by its face, the same one each time. */
static void replace_by_face(struct walk *walk) {
  lua_State *lua = walk->lua;
  if (lua_getmetatable(lua, -1)) { /* it is one */
    lua_pop(lua, 1);
    return;
  }
  lua_pushvalue(lua, -1);
  if (lua_rawget(lua, walk->faces) == LUA_TNIL) {
    lua_pop(lua, 1);
    lua_pushvalue(lua, -1);
    ask_lua_readonly(lua, NULL);
    lua_pushvalue(lua, -2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, walk->faces);
  }
  lua_remove(lua, -2);
}

/* Throws. Does the same for all that is in the table at the top, a face. */
static void visit_contents(struct walk *walk) {
  lua_State *lua = walk->lua;
  ask_lua_readonly_behind(lua, -1);
  int table = lua_gettop(lua);
  lua_pushnil(lua);
  while (lua_next(lua, table)) {
    ask_lua_charge(lua, STEP_COST);
    int key = lua_type(lua, -2);
    if (key == LUA_TTABLE || key == LUA_TFUNCTION)
      refuse(walk, "a table that a function uses has entries whose names are tables or functions");
    bool is_table = lua_istable(lua, -1);
    visit_value(walk);
    if (is_table) {
      lua_pushvalue(lua, -2);
      lua_pushvalue(lua, -2);
      lua_rawset(lua, table); /* an entry that exists: the traversal may go on */
    }
    lua_pop(lua, 1);
  }
  lua_pop(lua, 1);
}

/* Throws. The Lua function at the top. */
static void visit_function(struct walk *walk) {
  lua_State *lua = walk->lua;
  int function = lua_gettop(lua);
  for (int i = 1; lua_getupvalue(lua, function, i); i++) {
    ask_lua_charge(lua, STEP_COST);
    bool is_table = lua_istable(lua, -1);
    visit_value(walk);
    if (is_table) {
      lua_pushvalue(lua, -1);
      lua_setupvalue(lua, function, i);
    }
    lua_pushlightuserdata(lua, lua_upvalueid(lua, function, i));
    bool known = seen(walk);
    lua_pop(lua, 1);
    if (!known) {
      struct ask_lua_kept *kept = walk->kept;
      struct ask_lua_watch *watch =
          ask_push(walk->arena, &kept->watches, &kept->watch_count, &kept->watch_capacity, sizeof *watch);
      lua_pushvalue(lua, function);
      *watch = (struct ask_lua_watch){(int32_t)luaL_len(lua, walk->holders) + 1, i};
      lua_rawseti(lua, walk->holders, watch->holder);
      lua_pushvalue(lua, -1);
      lua_rawseti(lua, walk->values, (lua_Integer)kept->watch_count);
    }
    lua_pop(lua, 1);
  }
}

/* Throws. The value at the top; a table is replaced by its face. */
static void visit_value(struct walk *walk) {
  lua_State *lua = walk->lua;
  bool is_table = lua_istable(lua, -1);
  bool is_function = lua_isfunction(lua, -1) && !lua_iscfunction(lua, -1);
  if (!is_table && !is_function) return;
  luaL_checkstack(lua, ROOM, NULL);
  if (++walk->depth > DEPTH_MAX)
    refuse(walk, "the tables and functions that a function uses are nested more than 32 deep");
  if (is_table) replace_by_face(walk);
  if (!seen(walk)) {
    if (is_table)
      visit_contents(walk);
    else
      visit_function(walk);
  }
  walk->depth--;
}

/* Throws. The stack index of a new table that the registry keeps under `key`. */
static int new_table(lua_State *lua, const char *key) {
  lua_createtable(lua, 0, 0);
  lua_pushvalue(lua, -1);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, key);
  return lua_gettop(lua);
}

void ask_lua_keep(struct lua_State *lua, struct ask_arena *arena, int32_t count, struct ask_lua_kept *ret) {
  luaL_checkstack(lua, ROOM, NULL);
  int functions = lua_gettop(lua);
  lua_pushvalue(lua, functions);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &functions_key);
  *ret = (struct ask_lua_kept){0};
  struct walk walk = {.lua = lua, .arena = arena, .kept = ret};
  walk.holders = new_table(lua, &holders_key);
  walk.values = new_table(lua, &values_key);
  lua_createtable(lua, 0, 0);
  walk.faces = lua_gettop(lua);
  for (int32_t i = 0; i < count; i++) {
    lua_createtable(lua, 0, 0);
    walk.visited = lua_gettop(lua);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS); /* read-only, with nothing in it that could be changed */
    seen(&walk);
    lua_pop(lua, 1);
    lua_Debug about;
    lua_rawgeti(lua, functions, i + 1);
    lua_pushvalue(lua, -1);
    walk.line = lua_getinfo(lua, ">S", &about) ? about.linedefined : 0;
    struct ask_lua_function *function =
        ask_push(arena, &ret->functions, &ret->function_count, &ret->function_capacity, sizeof *function);
    *function = (struct ask_lua_function){.first = ret->watch_count, .line = walk.line};
    visit_value(&walk);
    ret->functions[i].count = ret->watch_count - ret->functions[i].first;
    lua_pop(lua, 2);
  }
  lua_settop(lua, functions - 1);
}

void ask_lua_push_function(struct lua_State *lua, int32_t function) {
  luaL_checkstack(lua, 2, NULL);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &functions_key);
  lua_rawgeti(lua, -1, function + 1);
  lua_remove(lua, -2);
}

static uint64_t number_bits(lua_State *lua, int index) {
  lua_Number number = lua_tonumber(lua, index);
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

/* Whether the two values at the top are the same in every way that Lua code could tell. */
static bool same_values(lua_State *lua) {
  if (lua_type(lua, -1) != LUA_TNUMBER || lua_type(lua, -2) != LUA_TNUMBER) return lua_rawequal(lua, -1, -2);
  if (lua_isinteger(lua, -1) != lua_isinteger(lua, -2)) return false;
  if (lua_isinteger(lua, -1)) return lua_rawequal(lua, -1, -2);
  return number_bits(lua, -1) == number_bits(lua, -2); /* 0.0 and -0.0 differ, a NaN is itself */
}

/* Pushes at most five values, for which a stack always has room at its base; touches existing entries only. */
const char *ask_lua_put_back(struct lua_State *lua, const struct ask_lua_kept *kept, int32_t function) {
  const struct ask_lua_function *of = &kept->functions[function];
  const char *changed = NULL;
  if (of->count == 0) return NULL;
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &holders_key);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &values_key);
  for (size_t i = of->first; i < of->first + of->count; i++) {
    const struct ask_lua_watch *watch = &kept->watches[i];
    lua_rawgeti(lua, -2, watch->holder);
    const char *name = lua_getupvalue(lua, -1, watch->upvalue);
    lua_rawgeti(lua, -3, (lua_Integer)i + 1);
    if (same_values(lua)) {
      lua_pop(lua, 3);
      continue;
    }
    if (!changed) changed = name;
    lua_setupvalue(lua, -3, watch->upvalue);
    lua_pop(lua, 2);
  }
  lua_pop(lua, 2);
  return changed;
}
