/* What the tests of the YAML readers share: an arena with its list of problems, and a look into that list. */
#ifndef TEST_YAML_HELPER_H
#define TEST_YAML_HELPER_H

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"

struct fixture {
  struct ask_arena *arena;
  struct ask_problems problems;
};

static inline struct fixture fixture_new(void) {
  struct fixture fixture = {.arena = ask_arena_new()};
  fixture.problems.arena = fixture.arena;
  return fixture;
}

static inline void fixture_free(struct fixture *fixture) { fixture->arena = ask_arena_free(fixture->arena); }

/* All problems as one text, for messages of failed tests. */
static inline const char *fixture_said(struct fixture *fixture) {
  const char *said = "";
  for (size_t i = 0; i < fixture->problems.count; i++) {
    const struct ask_problem *problem = &fixture->problems.list[i];
    said = ask_printf(fixture->arena, "%s\n  %s:%d:%d: %s: %s (%s)", said, problem->at.file ? problem->at.file : "-",
                      problem->at.line, problem->at.column, problem->code, problem->message,
                      problem->hint ? problem->hint : "no hint");
  }
  return said;
}

/* One bad text: the problem that it must give, wherever it stands among the problems. */
struct bad_text {
  const char *text;
  const char *code;
  int line, column;
  const char *message; /* a part of it */
  const char *hint;    /* a part of it, or NULL */
};

static inline void assert_problem(struct fixture *fixture, const struct bad_text *bad) {
  for (size_t i = 0; i < fixture->problems.count; i++) {
    const struct ask_problem *problem = &fixture->problems.list[i];
    if (strcmp(problem->code, bad->code) == 0 && problem->at.line == bad->line && problem->at.column == bad->column &&
        problem->at.file && strcmp(problem->at.file, "a.yaml") == 0 && strstr(problem->message, bad->message) &&
        (!bad->hint || (problem->hint && strstr(problem->hint, bad->hint))))
      return;
  }
  ck_abort_msg("for\n%.300s\nexpected %d:%d: %s: %s (%s), but there is:%s", bad->text, bad->line, bad->column,
               bad->code, bad->message, bad->hint ? bad->hint : "any hint", fixture_said(fixture));
}

/* The bytes of a file below the source tree; ends the test if it cannot be read. */
static inline char *file_of_tree(struct ask_arena *arena, const char *path, size_t *ret_length) {
  char *full = ask_printf(arena, "%s/%s", TEST_SOURCE_DIR, path);
  FILE *file = fopen(full, "rb");
  ck_assert_msg(file != NULL, "%s cannot be opened", full);
  static char bytes[1 << 20];
  size_t length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  *ret_length = length;
  return ask_strndup(arena, bytes, length);
}

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

#endif
