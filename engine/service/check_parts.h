/* Shared by the files that carry out the checks (check.c, check_*.c); not for anybody else. */
#ifndef ASK_SERVICE_CHECK_PARTS_H
#define ASK_SERVICE_CHECK_PARTS_H

#include "model/catalogue.h"
#include "service/file.h"
#include "service/lint.h"

struct ask_checker {
  const struct ask_catalogue *catalogue;
  const struct ask_program *program; /* NULL: the pack or the form */
  struct ask_arena *arena;           /* scratch */
  struct ask_problems *problems;
};

/* check_parameters.c: those that are the program's own or that it uses; those that the pack shares. */
void ask_check_own_parameters(struct ask_checker *c, int64_t today);
void ask_check_shared_parameters(struct ask_checker *c);
/* check_logic.c: conditions that can never be true or never be false, levels that are never reached. */
void ask_check_logic(struct ask_checker *c);
/* check_literals.c: numbers and dates in expressions, numbers in Lua functions of plugin.lua. */
void ask_check_literals(struct ask_checker *c, const struct ask_bytes *source);
/* check_use.c: worksheet lines that nothing uses, codes that stand for two things; of a pack, questions and answers. */
void ask_check_use(struct ask_checker *c);
void ask_check_unused_items(struct ask_checker *c);

#endif
