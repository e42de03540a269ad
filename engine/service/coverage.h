/* What golden cases exercise of a program: for each criterion whether some case makes it true, false and unknown, and for
 * each comparison of numbers, money or dates whether some case stands at the threshold, below it and above it. */
#ifndef ASK_SERVICE_COVERAGE_H
#define ASK_SERVICE_COVERAGE_H

#include "service/case_set.h"
#include "service/host.h"

/* Values of a criterion, and sides of a threshold, as bits. */
enum { ASK_COVERED_TRUE = 1, ASK_COVERED_FALSE = 2, ASK_COVERED_UNKNOWN = 4, ASK_COVERED_VALUES = 7 };
enum { ASK_COVERED_AT = 1, ASK_COVERED_BELOW = 2, ASK_COVERED_ABOVE = 4, ASK_COVERED_SIDES = 7 };

enum ask_covered_part {
  ASK_COVERED_ELIGIBLE,
  ASK_COVERED_POSSIBLE,
  ASK_COVERED_LEVEL,
  ASK_COVERED_NOTE,
  ASK_COVERED_LINE,
  ASK_COVERED_POINT,
  ASK_COVERED_SCORE,
  ASK_COVERED_AMOUNT,
  ASK_COVERED_DOCUMENT,
  ASK_COVERED_NEXT_STEP
};
const char *ask_covered_part_text(enum ask_covered_part part); /* eligible, possible, level, ... */

/* One node of the criteria trees, one level's or one note's condition. */
struct ask_covered_criterion {
  enum ask_covered_part part;
  struct ask_place at;
  const char *text; /* its own, or the expression */
  const char *code; /* NULL: none */
  int depth;        /* in the tree */
  uint8_t can;      /* values it can take at all; what is not among them is not asked for */
  uint8_t seen;     /* values that some case gives it */
  bool day_alone;   /* it reads the day and parameters only: nothing of it is asked for */
};

/* One comparison < <= > >= of numbers, money or dates. */
struct ask_covered_boundary {
  enum ask_covered_part part;
  struct ask_place at;    /* of the operator */
  const char *expression; /* the whole */
  size_t offset, length;  /* of the operator in it */
  const char *text;       /* of what it stands in */
  uint8_t can, seen;      /* sides of the threshold; see ask_coverage_new */
};

struct ask_coverage {
  const struct ask_case_set *cases;
  const struct ask_covered_criterion *criteria;
  size_t criterion_count;
  const struct ask_covered_boundary *boundaries;
  size_t boundary_count;
  size_t wanted, covered;             /* values of criteria, over all of them */
  size_t sides_wanted, sides_covered; /* sides of thresholds */
};

/* The threshold is the side that is the same for every household of one day; if neither or both are, the right one. `below`:
 * some case has the other side smaller, by whatever much. Cases that contradict themselves count for nothing. The program
 * must not be broken. host: for its Lua functions. In the arena. NULL after adding problems. */
const struct ask_coverage *ask_coverage_new(struct ask_arena *arena, const struct ask_case_set *cases,
                                            const struct ask_host *host, struct ask_problems *problems);
/* What is asked for and no case gives. */
uint8_t ask_criterion_missing(const struct ask_covered_criterion *criterion);
uint8_t ask_boundary_missing(const struct ask_covered_boundary *boundary);

/* As one JSON object. */
void ask_coverage_json(struct ask_buffer *buffer, const struct ask_coverage *coverage);

#endif
