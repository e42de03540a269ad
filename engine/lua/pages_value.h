/* Values between the page functions and their host. Private to engine/lua. Both throw Lua errors. */
#ifndef ASK_LUA_PAGES_VALUE_H
#define ASK_LUA_PAGES_VALUE_H

#include "base/arena.h"
#include "model/spec.h"

struct lua_State;

/* The mark of arrays: a metatable in the registry, made by ask_page_values_open. */
void ask_page_values_open(struct lua_State *lua);
/* Pushes host.json.array. */
void ask_page_push_array_function(struct lua_State *lua);
/* Pushes one value; NULL is nil. */
void ask_page_push(struct lua_State *lua, const struct ask_raw *raw);
/* The value at an index, as a tree in the arena. */
void ask_page_take(struct lua_State *lua, int index, struct ask_arena *arena, struct ask_raw *ret);

#endif
