/* The functions of a loaded plugin, kept so that no call can leave anything behind for the next one.
 *
 * A Lua function could remember things in the variables around it. So, once, after loading: every table that a
 * function can reach through those variables gets a read-only face (readonly.h) in its place, and every variable is
 * noted with its value. After each call the variables are compared; one that was changed is put back, and the call
 * counts as failed. Globals and libraries are read-only anyway, the argument is emptied after each call. So a call's
 * result depends on its reads alone. Inside engine/lua/ only. */
#ifndef ASK_LUA_KEEP_H
#define ASK_LUA_KEEP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct lua_State;

struct ask_lua_watch { /* one variable */
  int32_t holder;      /* a function that has it, in the table of holders */
  int32_t upvalue;     /* its number in that function */
};

struct ask_lua_function {
  size_t first, count; /* in the watches */
  int line;            /* where it is defined */
};

struct ask_lua_kept {
  struct ask_lua_function *functions;
  size_t function_count, function_capacity;
  struct ask_lua_watch *watches;
  size_t watch_count, watch_capacity;
};

/* Throws. The top of the stack is a table of `count` Lua functions; pops it. Numbers count from 0 in its order. */
void ask_lua_keep(struct lua_State *lua, struct ask_arena *arena, int32_t count, struct ask_lua_kept *ret);
/* Throws only for want of stack. */
void ask_lua_push_function(struct lua_State *lua, int32_t function);
/* Does not throw. Puts back what a call of `function` changed. The name of the first such variable; NULL: none. */
const char *ask_lua_put_back(struct lua_State *lua, const struct ask_lua_kept *kept, int32_t function);

#endif
