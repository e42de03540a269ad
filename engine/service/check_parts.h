/* Shared by the files that carry out the checks (check.c, check_*.c); not for anybody else. */
#ifndef ASK_SERVICE_CHECK_PARTS_H
#define ASK_SERVICE_CHECK_PARTS_H

#include "model/catalogue.h"
#include "service/lint.h"

struct ask_checker {
  const struct ask_catalogue *catalogue;
  const struct ask_program *program; /* NULL: the pack or the form */
  struct ask_arena *arena;           /* scratch */
  struct ask_problems *problems;
};

/* check_parameters.c: those of one file. used_by: the program whose own they are; NULL: those that the pack shares. */
void ask_check_own_parameters(struct ask_checker *c, int64_t today);
void ask_check_shared_parameters(struct ask_checker *c, int64_t today);

#endif
