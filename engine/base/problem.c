/* Collects problems for the edges to print. Does not print anything itself. */
#include "base/problem.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

const char *ask_severity_name(enum ask_severity severity) {
  static const char *const names[] = {[ASK_ERROR] = "error", [ASK_WARNING] = "warning", [ASK_NOTE] = "note"};
  return names[severity];
}

static const char *copied(struct ask_arena *arena, const char *text) { return text ? ask_strdup(arena, text) : NULL; }

void ask_problem_add(struct ask_problems *problems, enum ask_severity severity, const char *code, struct ask_place at,
                     const char *path, const char *hint, const char *format, ...) {
  if (severity == ASK_ERROR) problems->errors++;
  if (problems->count >= (problems->limit ? problems->limit : ASK_PROBLEMS_KEPT)) return;
  struct ask_arena *arena = problems->arena;
  struct ask_problem problem = {.severity = severity, .at = at};
  problem.at.file = copied(arena, at.file);
  problem.at.parts = NULL; /* it may outlive them */
  problem.path = copied(arena, path);
  problem.code = copied(arena, code);
  problem.hint = copied(arena, hint);
  va_list args;
  va_start(args, format);
  char *message = ask_vprintf(arena, format, args);
  va_end(args);
  ask_utf8_mend(message, strlen(message)); /* %.60s of what somebody sent may have cut a letter in two */
  problem.message = message;
  struct ask_problem *room = ask_push(arena, &problems->list, &problems->count, &problems->capacity, sizeof *room);
  *room = problem;
}
