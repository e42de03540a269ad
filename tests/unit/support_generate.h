/* For tests: random expressions that are well typed over the names of support_expr.h, each in the rule language and in Lua.
 * The same seed gives the same expressions. */
#ifndef TESTS_UNIT_SUPPORT_GENERATE_H
#define TESTS_UNIT_SUPPORT_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "unit/support_expr.h"

struct support_random {
  uint64_t state;
};
uint64_t support_random_next(struct support_random *random);
/* 0 .. count - 1 */
int support_random_below(struct support_random *random, int count);
/* lowest .. highest */
int64_t support_random_between(struct support_random *random, int64_t lowest, int64_t highest);

enum support_wanted { SUPPORT_BOOL, SUPPORT_INTEGER, SUPPORT_DECIMAL, SUPPORT_MONEY, SUPPORT_DATE };

enum {
  SUPPORT_BIG = 1,        /* whole numbers that overflow; no decimals */
  SUPPORT_PARAMETERS = 2, /* parameters and tables too, which Lua does not have: the Lua texts are then of no use */
  SUPPORT_STATUSES = 4,   /* status.alpha, status.beta too */
};

struct support_expression {
  const char *text;    /* the rule language */
  const char *lua;     /* the same for Lua: operators as written, conditions over lists as functions */
  const char *checked; /* Lua again, operators as calls (ADD(a, b), ...) that can see an overflow */
  bool lazy;           /* contains and, or, any, all: a fault in it may be passed over */
  bool wraps;          /* contains whole-number arithmetic that may overflow */
};

/* Decimals and money are exact: what rounds (/, decimal times decimal) is never part of them; see _rounding. */
struct support_expression support_generate(struct ask_arena *arena, struct support_random *random,
                                           enum support_wanted wanted, int depth, unsigned flags);
/* One operation that rounds, of exact operands. */
struct support_expression support_generate_rounding(struct ask_arena *arena, struct support_random *random, int depth);

/* Fills a world's items at random: exact decimals and quarters of dollars, as the expressions want them. unknown: how many in
 * a hundred are not known (also fields of entries); big: whole numbers near the ends of 64 bits. */
void support_household(struct ask_arena *arena, struct support_random *random, int unknown, bool big,
                       struct expr_world *world);
/* The same items with every unknown given a random value; lists are copied. */
void support_complete(struct ask_arena *arena, struct support_random *random, const struct ask_value *items,
                      struct expr_world *ret);

#endif
