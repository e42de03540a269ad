/* Golden cases: households and what a rule must say of them, run through the same engine as everything else. */
#ifndef ASK_SERVICE_CASES_H
#define ASK_SERVICE_CASES_H

#include "service/assess.h"

struct ask_case_outcome {
  const struct ask_case_spec *spec;
  const struct ask_program *program; /* NULL: there is no such program */
  const struct ask_result *result;   /* NULL: the household could not be assessed */
  const struct ask_determination *determination;
  const struct ask_problem *differences; /* none: it passed. message: expected ..., got ... */
  size_t difference_count;
};
typedef void ask_case_observer(void *context, const struct ask_case_outcome *outcome);

/* What `expect` says of a determination and is not so: a problem for each difference (expected ..., got ...). arena:
 * scratch. */
void ask_case_compare(struct ask_arena *arena, const struct ask_catalogue *catalogue, const struct ask_determination *d,
                      const struct ask_raw *expect, struct ask_problems *problems);

/* The file's cases; false after adding problems. */
bool ask_cases_load(struct ask_arena *arena, const char *path, struct ask_case_file *ret,
                    struct ask_problems *problems);
/* Runs each case, in order, and tells the observer; outcomes live until it returns. program: id of the program of
 * cases that name none. today: the day of cases that name none. */
void ask_cases_run(struct ask_desk *desk, const struct ask_rules *rules, const struct ask_case_file *file,
                   const char *program, int64_t today, ask_case_observer *observer, void *context);

/* As one JSON object. */
void ask_case_json(struct ask_buffer *buffer, const struct ask_case_outcome *outcome);

#endif
