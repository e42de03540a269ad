/* Limits and protected runs. Which functions a plugin has is in library.c. */
#include "lua/sandbox.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/text.h"
#include "lua/library.h"

enum { HOOK_EVERY = 100, CLOCK_EVERY = 64, BLOCK_SHARE = 4 };

struct ask_lua_limits ask_lua_limits_default(void) {
  return (struct ask_lua_limits){.memory = (size_t)1024 * 1024,
                                 .instructions_load = 2000000,
                                 .instructions_call = 200000,
                                 .wall_ns = INT64_C(100000000)};
}

static int64_t clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

static struct ask_lua_sandbox *sandbox_of(lua_State *lua) {
  struct ask_lua_sandbox *sandbox;
  memcpy(&sandbox, lua_getextraspace(lua), sizeof sandbox);
  return sandbox;
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static bool too_late(struct ask_lua_sandbox *sandbox) {
  if (sandbox->stopped == ASK_LUA_TIME) return true;
  if (sandbox->deadline == INT64_MAX || now_ns() <= sandbox->deadline) return false;
  /* It may be the machine that was busy with others. From here on the thread's own time counts, which is dearer to ask for: a
   * plugin must not fail because of its neighbours. */
  int64_t ran = clock_ns(CLOCK_THREAD_CPUTIME_ID);
  if (!sandbox->ran_by) sandbox->ran_by = ran + sandbox->limits.wall_ns;
  if (ran <= sandbox->ran_by) return false;
  sandbox->stopped = ASK_LUA_TIME;
  return true;
}

static bool may_grow(struct ask_lua_sandbox *sandbox, size_t old, size_t new) {
  size_t after = sandbox->memory_used - old + new;
  if (after > sandbox->limits.memory || new > sandbox->limits.memory / BLOCK_SHARE) {
    /* Lua answers a refusal with a full collection and a second try: slow, so this is where the clock matters. */
    if (!too_late(sandbox) && sandbox->stopped == ASK_LUA_NOT_STOPPED) sandbox->stopped = ASK_LUA_MEMORY;
    return false;
  }
  if (sandbox->stopped == ASK_LUA_TIME) return false;
  return ++sandbox->allocations % CLOCK_EVERY != 0 || !too_late(sandbox);
}

static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
  struct ask_lua_sandbox *sandbox = context;
  size_t old = block ? old_size : 0; /* for a new block, Lua passes its kind there */
  void *moved = NULL;
  if (new_size == 0) {
    free(block);
  } else if (new_size <= old || may_grow(sandbox, old, new_size)) {
    moved = realloc(block, new_size);
    if (!moved) return NULL;
  } else {
    return NULL;
  }
  sandbox->memory_used = sandbox->memory_used - old + new_size;
  if (sandbox->memory_used > sandbox->memory_peak) sandbox->memory_peak = sandbox->memory_used;
  return moved;
}

/* ---- instructions and time --------------------------------------------------------------------------------------- */

/* Throws, always. The text of this error is not used: describe_stop says what happened. */
static void stop(lua_State *lua, enum ask_lua_stop why, lua_Debug *where) {
  struct ask_lua_sandbox *sandbox = sandbox_of(lua);
  sandbox->stopped = why;
  if (where && lua_getinfo(lua, "l", where) && where->currentline > 0) sandbox->stopped_line = where->currentline;
  lua_pushnil(lua);
  lua_error(lua);
}

/* Throws. */
static void spend(lua_State *lua, int64_t cost, lua_Debug *where) {
  struct ask_lua_sandbox *sandbox = sandbox_of(lua);
  bool spent = cost > sandbox->instructions_left;
  sandbox->instructions_left = spent ? 0 : sandbox->instructions_left - cost;
  if (spent) stop(lua, ASK_LUA_INSTRUCTIONS, where);
  if (too_late(sandbox)) stop(lua, ASK_LUA_TIME, NULL);
}

/* Throws. */
static void count_hook(lua_State *lua, lua_Debug *where) { spend(lua, HOOK_EVERY, where); }

void ask_lua_charge(struct lua_State *lua, int64_t cost) {
  lua_Debug caller;
  bool known = lua_getstack(lua, 1, &caller) == 1;
  spend(lua, cost, known ? &caller : NULL);
}

/* ---- what failed ------------------------------------------------------------------------------------------------- */

static size_t utf8_size(unsigned char first) { return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4; }

void ask_lua_clean_text(const char *bytes, size_t length, char *ret_text, size_t size) {
  enum { DOTS = 3 };
  size_t used = 0;
  size_t cut = 0; /* the last character boundary behind which the dots still fit */
  for (size_t i = 0; i < length;) {
    size_t step = utf8_size((unsigned char)bytes[i]);
    bool valid = step <= length - i && ask_utf8_valid(bytes + i, step);
    if (!valid) step = 1;
    if (used + DOTS < size) cut = used;
    if (used + step >= size) {
      used = cut;
      for (size_t dots = 0; dots < DOTS && used + 1 < size; dots++) ret_text[used++] = '.';
      break;
    }
    unsigned char first = (unsigned char)bytes[i];
    if (valid && first >= 0x20 && first != 0x7f)
      memcpy(ret_text + used, bytes + i, step);
    else
      ret_text[used] = first == 0 || first >= 0x80 ? '?' : ' ';
    used += step;
    i += step;
  }
  ret_text[used] = '\0';
}

static void describe_stop(const struct ask_lua_sandbox *sandbox, struct ask_lua_failure *ret) {
  ret->code = "lua-limit";
  ret->line = sandbox->stopped_line;
  switch (sandbox->stopped) {
  case ASK_LUA_INSTRUCTIONS:
    ret->hint = "Look for a loop that does not end, or do less work.";
    snprintf(ret->message, sizeof ret->message, "it ran more than %" PRId64 " instructions",
             sandbox->instructions_allowed);
    break;
  case ASK_LUA_TIME:
    ret->hint = "Do less work, or work with smaller texts and tables.";
    snprintf(ret->message, sizeof ret->message, "it took more than %" PRId64 " ms", sandbox->limits.wall_ns / 1000000);
    break;
  default:
    ret->hint = "Look for a text or a table that grows in a loop.";
    snprintf(ret->message, sizeof ret->message, "it needed more than %zu kB of memory", sandbox->limits.memory / 1024);
  }
}

/* The error value at the top of the stack. Lua puts "plugin.lua:12: " in front of what it knows the place of. */
static void describe_error(lua_State *lua, struct ask_lua_failure *ret) {
  ret->code = "lua-error";
  if (lua_type(lua, -1) != LUA_TSTRING) {
    snprintf(ret->message, sizeof ret->message, "it raised an error that is a %s, not a text", luaL_typename(lua, -1));
    return;
  }
  size_t length;
  const char *text = lua_tolstring(lua, -1, &length); /* a string already: does not convert, does not throw */
  static const char chunk[] = ASK_LUA_CHUNK ":";
  if (length > sizeof chunk && memcmp(text, chunk, sizeof chunk - 1) == 0) {
    const char *digits = text + sizeof chunk - 1;
    size_t count = 0;
    int line = 0;
    while (count < 7 && digits[count] >= '0' && digits[count] <= '9') line = line * 10 + (digits[count++] - '0');
    if (count > 0 && digits[count] == ':' && digits[count + 1] == ' ') {
      ret->line = line;
      const char *rest = digits + count + 2;
      length -= (size_t)(rest - text);
      text = rest;
    }
  }
  ask_lua_clean_text(text, length, ret->message, sizeof ret->message);
  if (ret->message[0] == '\0') snprintf(ret->message, sizeof ret->message, "it raised an error without a text");
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

bool ask_lua_sandbox_run(struct ask_lua_sandbox *sandbox, int64_t instructions, int (*function)(struct lua_State *lua),
                         void *context, struct ask_lua_failure *ret_failure) {
  lua_State *lua = sandbox->lua;
  int top = lua_gettop(lua);
  /* The C library keeps the "C" locale as a constant: nothing is allocated, nothing needs to be freed. */
  locale_t before = uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
  sandbox->instructions_allowed = sandbox->instructions_left = instructions;
  sandbox->stopped = ASK_LUA_NOT_STOPPED;
  sandbox->stopped_line = 0;
  sandbox->allocations = 0;
  sandbox->deadline = now_ns() + sandbox->limits.wall_ns;
  sandbox->ran_by = 0;
  lua_sethook(lua, count_hook, LUA_MASKCOUNT, HOOK_EVERY); /* also starts its count afresh */
  lua_pushcfunction(lua, function);
  lua_pushlightuserdata(lua, context);
  int status = lua_pcall(lua, 1, 0, 0);
  sandbox->deadline = INT64_MAX;
  if (status != LUA_OK) {
    *ret_failure = (struct ask_lua_failure){0};
    /* A refused block that a collection then made room for is no failure: only the end of the run says so. */
    if (status == LUA_ERRMEM || sandbox->stopped == ASK_LUA_INSTRUCTIONS || sandbox->stopped == ASK_LUA_TIME)
      describe_stop(sandbox, ret_failure);
    else
      describe_error(lua, ret_failure);
    sandbox->stopped = ASK_LUA_NOT_STOPPED;
    lua_settop(lua, top);
    lua_gc(lua, LUA_GCCOLLECT); /* the only finalizers here are those of Lua's string buffers: this does not throw */
  }
  uselocale(before);
  return status == LUA_OK;
}

/* Throws. */
static int open_library(lua_State *lua) {
  ask_lua_library_open(lua);
  return 0;
}

bool ask_lua_sandbox_open(struct ask_lua_sandbox *sandbox, const struct ask_lua_limits *limits) {
  *sandbox = (struct ask_lua_sandbox){.limits = limits ? *limits : ask_lua_limits_default(), .deadline = INT64_MAX};
  sandbox->lua = lua_newstate(allocate, sandbox);
  if (!sandbox->lua) return false;
  memcpy(lua_getextraspace(sandbox->lua), &sandbox, sizeof sandbox);
  struct ask_lua_failure failure;
  if (ask_lua_sandbox_run(sandbox, sandbox->limits.instructions_load, open_library, NULL, &failure)) return true;
  ask_lua_sandbox_close(sandbox);
  return false;
}

void ask_lua_sandbox_close(struct ask_lua_sandbox *sandbox) {
  if (sandbox->lua) lua_close(sandbox->lua);
  sandbox->lua = NULL;
}
