/* Values between Lua and raw trees, either way. */
#include "lua/pages_value.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lua/pages.h"

#define ARRAY "askonce.array"

void ask_page_values_open(lua_State *lua) {
  luaL_newmetatable(lua, ARRAY);
  lua_pop(lua, 1);
}

static int mark_array(lua_State *lua) {
  if (lua_isnoneornil(lua, 1))
    lua_newtable(lua);
  else
    luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  luaL_setmetatable(lua, ARRAY);
  return 1;
}

void ask_page_push_array_function(lua_State *lua) { lua_pushcfunction(lua, mark_array); }

/* ---- to Lua ---- */

static void push_number(lua_State *lua, const struct ask_raw *raw) {
  if (strpbrk(raw->text, ".eE") || !lua_stringtonumber(lua, raw->text)) lua_pushnumber(lua, strtod(raw->text, NULL));
}

void ask_page_push(lua_State *lua, const struct ask_raw *raw) {
  luaL_checkstack(lua, 4, "a value is nested too deeply");
  switch (raw ? raw->kind : ASK_RAW_NULL) {
  case ASK_RAW_NULL: lua_pushnil(lua); return;
  case ASK_RAW_BOOL: lua_pushboolean(lua, raw->text[0] == 't'); return;
  case ASK_RAW_NUMBER: push_number(lua, raw); return;
  case ASK_RAW_TEXT: lua_pushlstring(lua, raw->text, raw->length); return;
  case ASK_RAW_ARRAY:
    lua_createtable(lua, (int)raw->child_count, 0);
    luaL_setmetatable(lua, ARRAY);
    for (size_t i = 0; i < raw->child_count; i++) {
      if (raw->children[i].kind == ASK_RAW_NULL)
        lua_pushlightuserdata(lua, NULL);
      else
        ask_page_push(lua, &raw->children[i]);
      lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return;
  case ASK_RAW_OBJECT:
    lua_createtable(lua, 0, (int)raw->child_count);
    for (size_t i = 0; i < raw->child_count; i++) {
      lua_pushstring(lua, raw->children[i].key);
      ask_page_push(lua, &raw->children[i]);
      lua_rawset(lua, -3);
    }
    return;
  }
}

/* ---- from Lua ---- */

static void take_text(lua_State *lua, int index, struct ask_arena *arena, struct ask_raw *ret) {
  size_t length = 0;
  const char *text = lua_tolstring(lua, index, &length);
  if (!ask_utf8_valid(text, length)) luaL_error(lua, "a text for the host is not UTF-8, or has a NUL in it");
  ret->kind = ASK_RAW_TEXT;
  ret->text = ask_strndup(arena, text, length);
  ret->length = length;
}

static void take_number(lua_State *lua, int index, struct ask_arena *arena, struct ask_raw *ret) {
  ret->kind = ASK_RAW_NUMBER;
  if (lua_isinteger(lua, index)) {
    ret->text = ask_printf(arena, LUA_INTEGER_FMT, lua_tointeger(lua, index));
  } else {
    lua_Number number = lua_tonumber(lua, index);
    if (!(number - number == 0)) luaL_error(lua, "a number for the host is not finite");
    ret->text = ask_printf(arena, "%.14g", number);
  }
  ret->length = strlen(ret->text);
}

static void take(lua_State *lua, int index, struct ask_arena *arena, int depth, struct ask_raw *ret);

/* What is in a table beside 1..n would be lost without a word. */
static void check_array(lua_State *lua, int index, size_t count) {
  size_t keys = 0;
  for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) keys++;
  if (keys != count) luaL_error(lua, "a list for the host has keys beside 1 to %d", (int)count);
}

static void take_array(lua_State *lua, int index, struct ask_arena *arena, int depth, struct ask_raw *ret) {
  size_t count = (size_t)lua_rawlen(lua, index);
  check_array(lua, index, count);
  ret->kind = ASK_RAW_ARRAY;
  ret->children = ask_alloc_array(arena, count, sizeof *ret->children);
  ret->child_count = count;
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(lua, index, (lua_Integer)i + 1);
    take(lua, lua_gettop(lua), arena, depth + 1, &ret->children[i]);
    lua_pop(lua, 1);
  }
}

static int by_key(const void *a, const void *b) {
  return strcmp(((const struct ask_raw *)a)->key, ((const struct ask_raw *)b)->key);
}

/* Sorted by key, so that the same table gives the same bytes. */
static void take_object(lua_State *lua, int index, struct ask_arena *arena, int depth, struct ask_raw *ret) {
  size_t capacity = 0;
  struct ask_raw *children = NULL;
  ret->kind = ASK_RAW_OBJECT;
  for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
    size_t length = 0;
    if (lua_type(lua, -2) != LUA_TSTRING) luaL_error(lua, "a table for the host has keys that are not texts");
    const char *key = lua_tolstring(lua, -2, &length);
    if (!ask_utf8_valid(key, length)) luaL_error(lua, "a key for the host is not UTF-8, or has a NUL in it");
    struct ask_raw *child = ask_push(arena, &children, &ret->child_count, &capacity, sizeof *children);
    *child = (struct ask_raw){0};
    take(lua, lua_gettop(lua), arena, depth + 1, child);
    child->key = ask_strndup(arena, key, length);
  }
  if (ret->child_count > 1) qsort(children, ret->child_count, sizeof *children, by_key);
  ret->children = children;
}

static bool is_array(lua_State *lua, int index) {
  if (lua_getmetatable(lua, index)) {
    luaL_getmetatable(lua, ARRAY);
    bool marked = lua_rawequal(lua, -1, -2);
    lua_pop(lua, 2);
    if (marked) return true;
  }
  return lua_rawlen(lua, index) > 0;
}

static void take(lua_State *lua, int index, struct ask_arena *arena, int depth, struct ask_raw *ret) {
  luaL_checkstack(lua, 4, "a value is nested too deeply");
  if (depth > ASK_PAGES_DEPTH) luaL_error(lua, "a value for the host is nested too deeply");
  switch (lua_type(lua, index)) {
  case LUA_TNIL: ret->kind = ASK_RAW_NULL; return;
  case LUA_TLIGHTUSERDATA: ret->kind = ASK_RAW_NULL; return;
  case LUA_TBOOLEAN:
    ret->kind = ASK_RAW_BOOL;
    ret->text = lua_toboolean(lua, index) ? "true" : "false";
    ret->length = strlen(ret->text);
    return;
  case LUA_TNUMBER: take_number(lua, index, arena, ret); return;
  case LUA_TSTRING: take_text(lua, index, arena, ret); return;
  case LUA_TTABLE:
    if (is_array(lua, index))
      take_array(lua, index, arena, depth, ret);
    else
      take_object(lua, index, arena, depth, ret);
    return;
  default: luaL_error(lua, "a %s cannot be given to the host", luaL_typename(lua, index));
  }
}

void ask_page_take(lua_State *lua, int index, struct ask_arena *arena, struct ask_raw *ret) {
  *ret = (struct ask_raw){0};
  take(lua, lua_absindex(lua, index), arena, 0, ret);
}
