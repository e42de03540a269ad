/* What a register may hold, as far as its instruction and the ranges of what it reads say: the arithmetic behind
 * "can never be true" (possible.h). Every range is at least as wide as what can happen: it may miss a slip, and never
 * accuses wrongly. */
#ifndef ASK_MODEL_SPAN_H
#define ASK_MODEL_SPAN_H

#include <stdbool.h>

#include "model/catalogue.h"

/* Words from lo to hi; of those from 0 to 63, only the ones in the mask. Empty: lo > hi. */
struct ask_span {
  int64_t lo, hi;
  uint64_t mask;
};

struct ask_span ask_span_any(void);
struct ask_span ask_span_of(int64_t lo, int64_t hi);
bool ask_span_is_empty(struct ask_span range);
struct ask_span ask_span_meet(struct ask_span a, struct ask_span b);
struct ask_span ask_span_join(struct ask_span a, struct ask_span b);
/* Without one word. */
struct ask_span ask_span_without(struct ask_span range, int64_t word);

/* What instruction number i gives, when the registers before it hold what `ranges` says. */
struct ask_span ask_span_forward(const struct ask_catalogue *catalogue, const struct ask_code *code, size_t i,
                                 const struct ask_span *ranges);
/* What must hold of its operands when it gives ranges[i]: narrows their ranges. True when one became narrower. */
bool ask_span_backward(const struct ask_code *code, size_t i, struct ask_span *ranges);
/* What an answer may be, by its type and its limits. */
struct ask_span ask_span_of_item(const struct ask_catalogue *catalogue, const struct ask_item *item);

#endif
