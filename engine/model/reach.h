/* What values a register of a program can take at all, whatever is answered: which words (span.h), and whether it can be
 * unknown. A sound estimate: what it rules out cannot happen; what it allows may still be impossible, since it does not
 * see that two values hang together, but for answered(x) beside x. A derived item that is no question is taken for what
 * it is computed from, also where it may be given directly. Faults (overflow, a day without a parameter) are left aside. */
#ifndef ASK_MODEL_REACH_H
#define ASK_MODEL_REACH_H

#include "model/span.h"

struct ask_reach {
  struct ask_span words; /* when it is known */
  bool unknown;          /* it can be unknown */
  bool loose;            /* a bound of a count whose two bounds can differ */
};

struct ask_reaches;

/* Of all code of the program, the bodies of aggregates among it. In the arena. */
const struct ask_reaches *ask_reaches_new(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                                          const struct ask_program *program);
/* By register; code: the program's, or a body inside it. NULL: the code is none of the program's. */
const struct ask_reach *ask_reaches_of(const struct ask_reaches *reaches, const struct ask_code *code);

#endif
