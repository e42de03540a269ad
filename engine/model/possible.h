/* Whether conditions of a program can hold at all, whatever the answers: for lint. "No" is a proof; "yes" is not. */
#ifndef ASK_MODEL_POSSIBLE_H
#define ASK_MODEL_POSSIBLE_H

#include "model/catalogue.h"

/* A register of the code and the truth value that is asked for. */
struct ask_claim {
  int32_t reg;
  bool holds;
};

/* False when no answers, no day and no statuses of other programs make all claims come out so. */
bool ask_possible(const struct ask_catalogue *catalogue, const struct ask_code *code, const struct ask_claim *claims,
                  size_t count);

#endif
