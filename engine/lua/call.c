/* Kept states and calls. */
#include "lua/call.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/date.h"
#include "base/number.h"
#include "lua/argument.h"
#include "lua/load.h"

struct ask_lua_state {
  struct ask_lua_sandbox sandbox;
  struct ask_lua_kept kept; /* arrays from malloc: an arena's first block would be larger than all of them */
};

/* Throws. */
static int make_argument(lua_State *lua) {
  ask_lua_argument_new(lua);
  return 0;
}

/* A copy outside the arena; NULL for want of memory. */
static void *copy_array(const void *array, size_t count, size_t size) {
  void *copy = calloc(count ? count : 1, size);
  if (copy && count) memcpy(copy, array, count * size);
  return copy;
}

struct ask_lua_state *ask_lua_state_new(const struct ask_lua_limits *limits, const char *path, const char *id,
                                        const char *source, size_t length, struct ask_problems *problems) {
  struct ask_lua_source text = {.path = path, .id = id, .bytes = source, .length = length};
  struct ask_lua_failure failure;
  struct ask_arena *scratch = ask_arena_new();
  size_t errors = problems->errors;
  struct ask_lua_state *state = calloc(1, sizeof *state);
  struct ask_lua_kept kept = {0};
  bool good =
      state && ask_lua_sandbox_open(&state->sandbox, limits) &&
      ask_lua_load(&state->sandbox, scratch, &text, NULL, &kept, problems) &&
      ask_lua_sandbox_run(&state->sandbox, state->sandbox.limits.instructions_load, make_argument, NULL, &failure);
  if (good) {
    state->kept = kept;
    state->kept.functions = copy_array(kept.functions, kept.function_count, sizeof *kept.functions);
    state->kept.watches = copy_array(kept.watches, kept.watch_count, sizeof *kept.watches);
    good = state->kept.functions && state->kept.watches;
  }
  ask_arena_free(scratch);
  if (good) return state;
  if (problems->errors == errors)
    ask_problem_add(problems, ASK_ERROR, "lua-limit", (struct ask_place){path, 0, 0}, NULL, NULL,
                    "there is not enough memory for its Lua state");
  return ask_lua_state_free(state);
}

struct ask_lua_state *ask_lua_state_free(struct ask_lua_state *state) {
  if (state) {
    ask_lua_sandbox_close(&state->sandbox);
    free(state->kept.functions);
    free(state->kept.watches);
    free(state);
  }
  return NULL;
}

int32_t ask_lua_state_function_count(const struct ask_lua_state *state) { return (int32_t)state->kept.function_count; }

size_t ask_lua_state_memory(const struct ask_lua_state *state) { return state->sandbox.memory_used; }

/* ---- the result -------------------------------------------------------------------------------------------------- */

struct call {
  int32_t function;
  const struct ask_lua_read *reads;
  size_t count;
  enum ask_type type;
  struct ask_value value;
  char returned[64]; /* what it returned, when that is wrong */
};

static const char *expected_of(enum ask_type type) {
  switch (type) {
  case ASK_BOOL: return "true or false";
  case ASK_INTEGER: return "a whole number";
  case ASK_DECIMAL: return "a number";
  case ASK_MONEY: return "a whole number of cents";
  case ASK_DATE: return "a date (a whole number of days since 1970-01-01)";
  default: return "nothing: functions give true or false, numbers, money and dates only";
  }
}

/* Does not throw: no value is converted in place. Describes the value at the top for a message. */
static void describe_result(lua_State *lua, char *ret_text, size_t size) {
  if (lua_isinteger(lua, -1))
    snprintf(ret_text, size, "%lld", (long long)lua_tointeger(lua, -1));
  else if (lua_type(lua, -1) == LUA_TNUMBER && isfinite(lua_tonumber(lua, -1)))
    snprintf(ret_text, size, "%.14g", lua_tonumber(lua, -1));
  else if (lua_type(lua, -1) == LUA_TNUMBER)
    snprintf(ret_text, size, "a number that is not finite");
  else if (lua_isboolean(lua, -1))
    snprintf(ret_text, size, "%s", lua_toboolean(lua, -1) ? "true" : "false");
  else
    snprintf(ret_text, size, "a %s", luaL_typename(lua, -1));
}

static bool to_whole(lua_State *lua, int64_t *ret) {
  int whole = 0;
  if (lua_type(lua, -1) != LUA_TNUMBER) return false;
  *ret = lua_tointegerx(lua, -1, &whole); /* also takes 3.0 */
  return whole;
}

static bool to_millionths(lua_State *lua, int64_t *ret) {
  if (lua_isinteger(lua, -1)) return !__builtin_mul_overflow((int64_t)lua_tointeger(lua, -1), ASK_DECIMAL_ONE, ret);
  if (lua_type(lua, -1) != LUA_TNUMBER) return false;
  double scaled = round(lua_tonumber(lua, -1) * ASK_DECIMAL_ONE); /* half away from zero */
  if (!(fabs(scaled) < 9.2e18)) return false;
  *ret = (int64_t)scaled;
  return true;
}

/* Does not throw. The function's result is at the top. */
static void take_result(lua_State *lua, struct call *call) {
  int64_t word = 0;
  bool good = false;
  if (lua_isnil(lua, -1)) {
    call->value = (struct ask_value){.state = ASK_UNKNOWN};
    return;
  }
  switch (call->type) {
  case ASK_BOOL:
    good = lua_isboolean(lua, -1);
    word = lua_toboolean(lua, -1);
    break;
  case ASK_INTEGER:
  case ASK_MONEY: good = to_whole(lua, &word); break;
  case ASK_DATE: good = to_whole(lua, &word) && word >= ASK_DATE_MIN && word <= ASK_DATE_MAX; break;
  case ASK_DECIMAL: good = to_millionths(lua, &word); break;
  default: break;
  }
  call->value = (struct ask_value){.word = good ? word : 0, .state = good ? ASK_KNOWN : ASK_FAULT};
  if (!good) describe_result(lua, call->returned, sizeof call->returned);
}

/* ---- the call ---------------------------------------------------------------------------------------------------- */

/* Throws. */
static int perform(lua_State *lua) {
  struct call *call = lua_touserdata(lua, 1);
  ask_lua_push_function(lua, call->function);
  ask_lua_argument_push(lua, call->reads, call->count);
  lua_call(lua, 1, 1);
  take_result(lua, call);
  return 0;
}

static bool fail(int line, const char *message, struct ask_value *ret, char *ret_message, size_t size) {
  *ret = (struct ask_value){.state = ASK_FAULT};
  if (line > 0)
    snprintf(ret_message, size, ASK_LUA_CHUNK ":%d: %s", line, message);
  else
    snprintf(ret_message, size, ASK_LUA_CHUNK ": %s", message);
  return false;
}

bool ask_lua_call(struct ask_lua_state *state, int32_t function, const struct ask_lua_read *reads, size_t count,
                  enum ask_type result_type, struct ask_value *ret, char *ret_message, size_t size) {
  if (function < 0 || (size_t)function >= state->kept.function_count)
    return fail(0, "there is no function of this number", ret, ret_message, size);
  uint8_t known = ASK_KNOWN;
  for (size_t i = 0; i < count; i++)
    if (reads[i].value.state > known) known = reads[i].value.state;
  if (known != ASK_KNOWN) {
    *ret = (struct ask_value){.state = known};
    return true;
  }
  struct call call = {.function = function, .reads = reads, .count = count, .type = result_type};
  struct ask_lua_failure failure;
  int line = state->kept.functions[function].line;
  lua_State *lua = state->sandbox.lua;
  bool returned =
      ask_lua_sandbox_run(&state->sandbox, state->sandbox.limits.instructions_call, perform, &call, &failure);
  const char *changed = ask_lua_put_back(lua, &state->kept, function);
  ask_lua_argument_empty(lua);
  if (!returned) return fail(failure.line ? failure.line : line, failure.message, ret, ret_message, size);
  char message[ASK_LUA_MESSAGE_SIZE];
  if (changed) {
    snprintf(message, sizeof message, "keeps state between calls: it changed '%.60s', a variable outside the function",
             changed);
    return fail(line, message, ret, ret_message, size);
  }
  if (call.value.state == ASK_FAULT) {
    snprintf(message, sizeof message, "returned %s, expected %s", call.returned, expected_of(result_type));
    return fail(line, message, ret, ret_message, size);
  }
  *ret = call.value;
  return true;
}
