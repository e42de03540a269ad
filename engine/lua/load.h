/* Running plugin.lua and reading what it returns: shared by plugin.c, which wants the spec, and call.c, which wants the
 * functions. Both go the same way, so that the functions have the same numbers. Inside engine/lua/ only. */
#ifndef ASK_LUA_LOAD_H
#define ASK_LUA_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "lua/keep.h"
#include "lua/sandbox.h"
#include "model/spec.h"

struct ask_lua_source {
  const char *path; /* for messages */
  const char *id;   /* of the program: the folder's name */
  const char *bytes;
  size_t length;
};

/* *ret_spec and *ret_kept have their memory in `arena`; either may be NULL. False: problems were added, and the
 * sandbox is good for nothing but closing. */
bool ask_lua_load(struct ask_lua_sandbox *sandbox, struct ask_arena *arena, const struct ask_lua_source *source,
                  struct ask_program_spec *ret_spec, struct ask_lua_kept *ret_kept, struct ask_problems *problems);
/* The same for a pack's overview.lua, which has no functions. */
bool ask_lua_load_overview(struct ask_lua_sandbox *sandbox, struct ask_arena *arena,
                           const struct ask_lua_source *source, struct ask_overview_spec *ret,
                           struct ask_problems *problems);

#endif
