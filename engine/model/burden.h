/* How many questions intakes ask: each program's own, one merged intake, and how many one household is really asked when the
 * questions come in the order of ask_next_items until nothing more can be decided. Counts of questions, not of minutes; a
 * list (who lives with you) is one question. */
#ifndef ASK_MODEL_BURDEN_H
#define ASK_MODEL_BURDEN_H

#include "model/assess.h"

struct ask_burden_item {
  int32_t item;
  size_t uses; /* programs whose own intake would ask it */
};

struct ask_burden {
  const bool *programs; /* program_count flags: those that are counted */
  size_t program_count;
  const size_t *questions;             /* by program number: of its own intake; 0: not counted, or broken */
  const struct ask_burden_item *items; /* of the merged intake: the most used first, then in form order */
  size_t merged;
  size_t separate;     /* sum over the programs' own intakes */
  size_t every_intake; /* of the merged ones: asked by each intake whatever its rule reads */
  size_t gated;        /* asked only if another answer says so */
  size_t single;       /* that one program alone asks */
};
/* All memory in the arena. programs NULL: all. */
void ask_burden_count(struct ask_arena *arena, const struct ask_catalogue *catalogue, const bool *programs,
                      struct ask_burden *ret);

struct ask_burden_household {
  const int32_t *asked; /* items in the order in which they were asked to decide */
  size_t asked_count;
  size_t not_known; /* of them: the household's own answers say nothing of it */
  size_t total;     /* asked_count, and what every intake asks besides */
  size_t full;      /* questions of the merged intake that its conditions let through for this household */
  size_t separate;  /* the same over the programs' own intakes */
  size_t settled, open; /* programs decided at the end; those that are not, although nothing is left to ask */
};
/* Plays the intake of one household: begins without an answer, asks, takes the answer from `answers`. An answer that is not
 * there counts as asked and not known. Memory in the arena; the workspace's last result is lost. False after adding
 * problems: the answers contradict each other. */
bool ask_burden_play(struct ask_arena *arena, struct ask_workspace *workspace, const struct ask_answers *answers,
                     const struct ask_burden *burden, struct ask_burden_household *ret, struct ask_problems *problems);

/* The middle one of sorted counts, and the one that nine of ten do not exceed (nearest rank). */
struct ask_burden_spread {
  size_t median, p90;
};
struct ask_burden_summary {
  struct ask_burden_spread asked, full, percent; /* total; full; total in percent of full, rounded */
};
/* count >= 1. */
struct ask_burden_summary ask_burden_summarize(struct ask_arena *arena, const struct ask_burden_household *households,
                                               size_t count);

#endif
