/* What golden cases would notice: changes one comparison, number, connective or word of a program at a time, builds it anew
 * and runs its cases. A change that no case notices survives: either a case is missing, or what was changed does not matter. */
#ifndef ASK_SERVICE_MUTATE_H
#define ASK_SERVICE_MUTATE_H

#include "service/case_set.h"
#include "service/host.h"

enum ask_mutation {
  ASK_MUTATE_COMPARISON, /* < to <= or >; == to ~= */
  ASK_MUTATE_CONNECTIVE, /* and to or */
  ASK_MUTATE_NEGATION,   /* a `not` taken away or put in */
  ASK_MUTATE_NUMBER,     /* one step up or down in the last place that is written */
  ASK_MUTATE_DATE,       /* one day */
  ASK_MUTATE_WORD,       /* the next word of the choice */
  ASK_MUTATE_COMBINER,   /* all to any, none to any, at_least n to n - 1 or n + 1 */
  ASK_MUTATE_PARAMETER,  /* a value of parameters.yaml, one step */
};
const char *ask_mutation_text(enum ask_mutation mutation); /* comparison, connective, ... */

enum ask_mutant_fate {
  ASK_MUTANT_KILLED,
  ASK_MUTANT_SURVIVED,
  ASK_MUTANT_INVALID, /* the changed rule does not load: not counted */
  ASK_MUTANT_SAME,    /* it compiles to the same instructions: not counted */
};

struct ask_mutant {
  enum ask_mutation mutation;
  enum ask_mutant_fate fate;
  struct ask_place at;   /* of what is changed */
  const char *where;     /* rule aps.adult; line gross; parameter aps_minimum_age */
  const char *original;  /* the expression; for a parameter: its name with the value */
  size_t offset, length; /* of what is changed in it */
  const char *changed;   /* what stands there instead */
};

struct ask_mutation_report {
  const struct ask_case_set *cases;
  size_t failing; /* cases that fail as the program stands: then nothing was changed */
  const struct ask_mutant *list;
  size_t count;
  size_t killed, survived, invalid, same;
  /* Values of its parameters that no case reads: cells of a table that none looks up, dates that none is on. They are not
   * changed, but for one of each parameter of which no value is read at all. */
  const char *const *unread; /* snap_limit[8] since 2025-10-01 */
  size_t unread_count;
  size_t left_out; /* values beyond ASK_MUTATE_VALUES */
};

/* Of one parameter, over its dates and cells, so many values are changed: those that the most cases read. */
enum { ASK_MUTATE_VALUES = 4 };

/* The program must not be broken. host: for its Lua functions, which are not changed themselves. In the arena. NULL after
 * adding problems. */
const struct ask_mutation_report *ask_mutate(struct ask_arena *arena, const struct ask_case_set *cases,
                                             const struct ask_host *host, struct ask_problems *problems);
/* survived of killed + survived, in hundredths of a percent; 0 when nothing was changed. */
unsigned ask_mutation_survival(const struct ask_mutation_report *report);

/* As one JSON object. */
void ask_mutation_json(struct ask_buffer *buffer, const struct ask_mutation_report *report);

#endif
