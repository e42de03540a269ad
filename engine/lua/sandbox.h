/* A Lua state in which a plugin's mistakes stay: an allow list of functions (library.h), a capped allocator, a
 * budget of instructions and a deadline. Inside engine/lua/ only; others use plugin.h and call.h.
 *
 * What is contained, and how:
 *   loops             a hook every 100 instructions; C functions that loop charge what they do to the same budget
 *   memory            the allocator refuses beyond the limit, and any single block beyond a quarter of it
 *   slow garbage      the allocator looks at the clock too, so that collections near the limit cannot outlast the
 *                     deadline
 *   deep nesting      Lua's own limit of 200 levels of C calls and syntax
 *   big sources       256 KiB, text only
 *   locale            every run has the "C" locale, so that comparison and numbers are the same everywhere (and strcoll
 *                     fast)
 * After a limit the state is sound and can be used again. What is left: the border (#) of a table with holes may
 * depend on Lua's random hash seed. A state belongs to one thread at a time.
 *
 * Lua errors are longjmps. Functions that may throw one are marked "throws" and are called only below
 * ask_lua_sandbox_run; they own nothing that would need to be released. */
#ifndef ASK_LUA_SANDBOX_H
#define ASK_LUA_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lua/limits.h"

struct lua_State;

enum {
  ASK_LUA_SOURCE_MAX = 256 * 1024, /* bytes of plugin.lua */
  ASK_LUA_STRING_MAX = 64 * 1024,  /* bytes that string.rep and table.concat may build */
  ASK_LUA_MESSAGE = 320,           /* room for a message, NUL included */
};
/* The name by which Lua knows the source in its messages. */
#define ASK_LUA_CHUNK "plugin.lua"

enum ask_lua_stop { ASK_LUA_NOT_STOPPED, ASK_LUA_MEMORY, ASK_LUA_INSTRUCTIONS, ASK_LUA_TIME };

struct ask_lua_sandbox {
  struct lua_State *lua;
  struct ask_lua_limits limits;
  size_t memory_used, memory_peak; /* bytes */
  int64_t instructions_allowed, instructions_left;
  int64_t deadline; /* nanoseconds of the monotonic clock; INT64_MAX: not running */
  int64_t ran_by;   /* once the deadline is past: nanoseconds of the thread's own clock that end it; 0: not yet */
  unsigned allocations;
  enum ask_lua_stop stopped;
  int stopped_line; /* where; 0: unknown */
};

struct ask_lua_failure {
  const char *code;              /* lua-error or lua-limit */
  const char *hint;              /* NULL: none */
  int line;                      /* of plugin.lua; 0: unknown */
  char message[ASK_LUA_MESSAGE]; /* printable UTF-8, without the place */
};

/* Opens a state with nothing in it but the allowed library. *sandbox must keep its address until it is closed.
 * limits NULL: the defaults. False (and nothing to close) if the memory limit is too small for an empty state. */
bool ask_lua_sandbox_open(struct ask_lua_sandbox *sandbox, const struct ask_lua_limits *limits);
/* A closed or zeroed sandbox is fine. */
void ask_lua_sandbox_close(struct ask_lua_sandbox *sandbox);

/* Calls `function` with `context` as its one argument (a light userdata), protected, with fresh limits. It gives its
 * results through *context. False: it failed and *ret_failure says why. The stack is as before either way. */
bool ask_lua_sandbox_run(struct ask_lua_sandbox *sandbox, int64_t instructions, int (*function)(struct lua_State *lua),
                         void *context, struct ask_lua_failure *ret_failure);

/* Throws. What a C function does counts as `cost` instructions; stops the run when the budget or the time is used
 * up. */
void ask_lua_charge(struct lua_State *lua, int64_t cost);

/* Copies printable UTF-8: control characters become blanks, bytes that are not UTF-8 question marks; cut at a character
 * with "..." when too long. */
void ask_lua_clean_text(const char *bytes, size_t length, char *ret_text, size_t size);

#endif
