/* How much a plugin may use. What happens at a limit is in sandbox.h. */
#ifndef ASK_LUA_LIMITS_H
#define ASK_LUA_LIMITS_H

#include <stddef.h>
#include <stdint.h>

struct ask_lua_limits {
  size_t memory;             /* bytes that one Lua state may hold; a single block may have a quarter of it */
  int64_t instructions_load; /* Lua instructions for running plugin.lua once, and the same again for reading it */
  int64_t instructions_call; /* for one call of one of its functions */
  int64_t wall_ns;           /* wall-clock nanoseconds for either; the instructions run out first on an idle machine */
};

/* 1 MiB, 2,000,000, 200,000, 100 ms. */
struct ask_lua_limits ask_lua_limits_default(void);

#endif
