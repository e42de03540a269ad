/* The argument of a plugin's function: one read-only table per state, filled with the declared reads before each
 * call and emptied after it. Inside engine/lua/ only. */
#ifndef ASK_LUA_ARGUMENT_H
#define ASK_LUA_ARGUMENT_H

#include <stddef.h>

#include "lua/call.h"

struct lua_State;

/* Throws. Makes it, empty. */
void ask_lua_argument_new(struct lua_State *lua);
/* Throws. Fills it and pushes it. */
void ask_lua_argument_push(struct lua_State *lua, const struct ask_lua_read *reads, size_t count);
/* Does not throw. */
void ask_lua_argument_empty(struct lua_State *lua);

#endif
