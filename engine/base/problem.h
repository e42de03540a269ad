/* Problems: what is wrong with an input or a source file, said so that a person can mend it. Libraries collect them;
 * only the edges print them. message = the fact, short; hint = what to do. */
#ifndef ASK_BASE_PROBLEM_H
#define ASK_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* From which byte of a text on it stands where (base/align.h). */
struct ask_place_part {
  size_t offset;
  int line, column;
};
struct ask_place_parts {
  const struct ask_place_part *list;
  size_t count;
};

/* A place in a source file. file NULL: not from a file; line 0: unknown; column 0: unknown (columns count bytes from 1). */
struct ask_place {
  const char *file;
  int line;
  int column;
  const struct ask_place_parts *parts; /* of a text that is not written in one piece; NULL: it runs on from here */
};

enum ask_severity { ASK_ERROR, ASK_WARNING, ASK_NOTE };
/* error, warning, note */
const char *ask_severity_name(enum ask_severity severity);

struct ask_problem {
  enum ask_severity severity;
  struct ask_place at;
  const char *path; /* of an input: answers.household_roster[0].dob; NULL when it does not apply */
  const char *code; /* a short stable word for tools: unknown-key, wrong-type, out-of-range, ... */
  const char *message;
  const char *hint; /* NULL: none */
};

struct ask_problems {
  struct ask_arena *arena;
  struct ask_problem *list;
  size_t count;
  size_t capacity;
  size_t limit;  /* how many are kept; 0: ASK_PROBLEMS_KEPT */
  size_t errors; /* how many of them are errors (also those past the limit, which are counted but not kept) */
};

enum { ASK_PROBLEMS_KEPT = 200 };

/* All strings are copied into problems->arena. path, hint and at.file may be NULL. */
__attribute__((format(printf, 7, 8))) void ask_problem_add(struct ask_problems *problems, enum ask_severity severity,
                                                           const char *code, struct ask_place at, const char *path,
                                                           const char *hint, const char *format, ...);
#define ASK_NOWHERE ((struct ask_place){0})

#endif
