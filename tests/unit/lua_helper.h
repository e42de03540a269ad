/* For the tests of engine/lua: loading a plugin from a text or a file, and finding its problems. */
#ifndef TEST_LUA_HELPER_H
#define TEST_LUA_HELPER_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lua/call.h"
#include "lua/plugin.h"

struct loaded {
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_program_spec program;
  bool good;
};

/* Loads a text as plugins/nyc/demo/plugin.lua. Release with unload. */
static inline struct loaded load(const char *source) {
  struct loaded loaded = {.arena = ask_arena_new()};
  loaded.problems.arena = loaded.arena;
  loaded.good = ask_lua_plugin_load(loaded.arena, NULL, "plugins/nyc/demo/plugin.lua", "demo", source, strlen(source),
                                    &loaded.program, &loaded.problems);
  return loaded;
}

static inline void print_problems(const struct ask_problems *problems) {
  for (size_t i = 0; i < problems->count; i++) {
    const struct ask_problem *problem = &problems->list[i];
    fprintf(stderr, "%s:%d:%d: %s: %s (%s)\n", problem->at.file, problem->at.line, problem->at.column, problem->code,
            problem->message, problem->hint ? problem->hint : "no hint");
  }
}

static inline struct loaded load_good(const char *source) {
  struct loaded loaded = load(source);
  if (!loaded.good) print_problems(&loaded.problems);
  ck_assert(loaded.good);
  ck_assert_uint_eq(loaded.problems.errors, 0);
  return loaded;
}

static inline void unload(struct loaded *loaded) { loaded->arena = ask_arena_free(loaded->arena); }

/* A kept state of a text, whose functions are called. */
static inline struct ask_lua_state *keep(const char *source) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_lua_state *state =
      ask_lua_state_new(NULL, "plugins/nyc/demo/plugin.lua", "demo", source, strlen(source), &problems);
  if (!state) print_problems(&problems);
  ck_assert_ptr_nonnull(state);
  ask_arena_free(arena);
  return state;
}

/* The smallest program around some entries. */
#define PROGRAM(entries)                                                \
  "return program { id = \"demo\", name = \"Demo\", cite = \"Law 1\", " \
  "eligible = rule { \"adult\", \"age >= 18\" },\n" entries " }"

static inline int run_suite(Suite *suite) {
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
