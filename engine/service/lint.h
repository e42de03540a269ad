/* The checks of `plugin lint` and `form lint`, as a table: what each is called, how grave it is, what it means. The
 * files check_*.c carry them out. What the loaders refuse is an error under the loader's own word and not listed here. */
#ifndef ASK_SERVICE_LINT_H
#define ASK_SERVICE_LINT_H

#include "base/problem.h"

enum ask_lint {
  ASK_LINT_NO_CITATION,
  ASK_LINT_NUMBER,
  ASK_LINT_DATE,
  ASK_LINT_FUNCTION_NUMBER,
  ASK_LINT_NEVER_TRUE,
  ASK_LINT_NEVER_FALSE,
  ASK_LINT_UNREACHABLE,
  ASK_LINT_CODE_TWICE,
  ASK_LINT_UNUSED_LINE,
  ASK_LINT_UNUSED,
  ASK_LINT_NO_SOURCE,
  ASK_LINT_NO_VALUE,
  ASK_LINT_ENDS_SOON,
  ASK_LINT_NO_BASIS,
  ASK_LINT_OFF_BASIS,
  ASK_LINT_KNOWN_OFF,
  ASK_LINT_NOT_OFF,
  ASK_LINT_UNUSED_ITEM,
  ASK_LINT_UNUSED_OPTION,
  ASK_LINT_NO_WHY,
  ASK_LINT_FEW_OPTIONS,
  ASK_LINT_COUNT
};

struct ask_lint_check {
  const char *id;
  enum ask_severity severity;
  bool fails; /* it alone makes the lint end with 1; --strict: everything does */
  const char *title;
  const char *about; /* what it looks for, and what to do */
};
const struct ask_lint_check *ask_lint_check(enum ask_lint check);
/* The check with this id, or NULL. */
const struct ask_lint_check *ask_lint_named(const char *id);

/* Adds a finding: the check's id is its code. hint may be NULL. */
__attribute__((format(printf, 5, 6))) void ask_lint_add(struct ask_problems *problems, enum ask_lint check,
                                                        struct ask_place at, const char *hint, const char *format, ...);

enum { ASK_LINT_KEPT = 20000, ASK_LINT_SOON_DAYS = 90 };

#endif
