/* Any bytes as plugin.lua: loading them, and calling whatever functions they bring, neither crashes, leaks nor
 * outlasts its limits; a plugin that loads once loads again, with as many functions. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lua/call.h"
#include "lua/plugin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUNCTIONS_CALLED = 8 };

/* Calls a function with two reads, an integer and a list, for every kind of result. */
static void call_function(struct ask_lua_state *state, int32_t function) {
  struct ask_item_spec field = {.id = "age", .type = ASK_INTEGER};
  struct ask_item_spec roster = {.id = "roster", .type = ASK_LIST, .fields = &field, .field_count = 1};
  struct ask_value cells[2] = {{.word = 30}, {.state = ASK_UNKNOWN}};
  struct ask_entries entries = {.count = 2, .width = 1, .cells = cells};
  struct ask_lua_read reads[2] = {
      {.name = "age", .type = ASK_INTEGER, .value = {.word = 30}},
      {.name = "roster", .type = ASK_LIST, .list = &roster, .value = {.word = (int64_t)(intptr_t)&entries}}};
  for (enum ask_type type = ASK_BOOL; type <= ASK_TEXT; type++) {
    struct ask_value first, second;
    char message[ASK_LUA_MESSAGE_SIZE] = "", again[ASK_LUA_MESSAGE_SIZE] = "";
    bool good = ask_lua_call(state, function, reads, 2, type, &first, message, sizeof message);
    bool still_good = ask_lua_call(state, function, reads, 2, type, &second, again, sizeof again);
    if (!good && (first.state != ASK_FAULT || !message[0] || !ask_utf8_valid(message, strlen(message)))) abort();
    /* The same reads give the same result; limits of memory and time are where the two may part. */
    bool limited = strstr(message, "more than") || strstr(again, "more than");
    if (!limited && (good != still_good || first.word != second.word || first.state != second.state)) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct ask_lua_limits limits = ask_lua_limits_default();
  limits.instructions_load = 50000;
  limits.instructions_call = 5000;
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_program_spec program;
  const char *source = (const char *)data;
  if (ask_lua_plugin_load(arena, &limits, "plugin.lua", "demo", source, size, &program, &problems)) {
    if (!program.eligible || !program.id || problems.errors) abort();
    struct ask_lua_state *state = ask_lua_state_new(&limits, "plugin.lua", "demo", source, size, &problems);
    if (state) {
      int32_t count = ask_lua_state_function_count(state);
      for (int32_t i = 0; i < count && i < FUNCTIONS_CALLED; i++) call_function(state, i);
    }
    ask_lua_state_free(state);
  } else {
    if (problems.count == 0) abort();
    for (size_t i = 0; i < problems.count; i++)
      if (!ask_utf8_valid(problems.list[i].message, strlen(problems.list[i].message))) abort();
  }
  struct ask_problems others = {.arena = arena};
  struct ask_overview_spec overview;
  bool loaded = ask_lua_overview_load(arena, &limits, "overview.lua", source, size, &overview, &others);
  if (loaded != (others.errors == 0)) abort();
  for (size_t i = 0; loaded && i < overview.step_count; i++)
    if (!overview.steps[i].text || !overview.steps[i].code || !overview.steps[i].when) abort();
  ask_arena_free(arena);
  return 0;
}
