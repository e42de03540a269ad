/* The golden cases of one program, read once so that they can be run again and again: by coverage and mutate. */
#ifndef ASK_SERVICE_CASE_SET_H
#define ASK_SERVICE_CASE_SET_H

#include "service/cases.h"

struct ask_case_entry {
  const struct ask_case_spec *spec;
  const struct ask_program *program;
  const struct ask_answers *answers;
  const bool *programs; /* flags for struct ask_assess_options: this program alone */
};

struct ask_case_set {
  /* The program and what it needs, and programs that cases name: the others are broken in it (ask_catalogue_focus). */
  const struct ask_catalogue *catalogue;
  const struct ask_program *program; /* of this catalogue */
  bool absent;                       /* it has no cases.yaml */
  const struct ask_case_entry *list;
  size_t count;
  /* Cases that cannot be run: an unknown item, a value out of range, an unknown program. `plugin test` tells them one
   * by one. */
  size_t unreadable;
};

/* Reads the cases.yaml in the program's folder. `of` must outlive the set. today: the day of cases that name none. False after
 * adding problems when the file is there and is no file of cases. */
bool ask_case_set_read(struct ask_arena *arena, const struct ask_catalogue *of, const struct ask_program *program,
                       int64_t today, struct ask_case_set *ret, struct ask_problems *problems);
/* Its catalogue; the rest is the arena's. Also of a set that is all zero. */
void ask_case_set_free(struct ask_case_set *set);

/* Runs one case in a workspace over the set's catalogue, or a variant of it (model/variant.h). Lives until the workspace's
 * next run. NULL: the answers contradict each other. */
const struct ask_determination *ask_case_run(struct ask_workspace *workspace, const struct ask_case_entry *entry,
                                             struct ask_problems *problems);

#endif
