/* Derives an amount from what it is said to follow from (percent of the poverty line of a year), for lint to compare.
 * Nothing that is determined of anybody comes from here: the number that is published counts. */
#ifndef ASK_MODEL_BASIS_H
#define ASK_MODEL_BASIS_H

#include "model/catalogue.h"

/* One amount of a version beside the one that follows from its basis. */
struct ask_derived {
  struct ask_place at;
  const char *key;         /* of a table; "each_more"; NULL: a plain value */
  int64_t stated, derived; /* cents */
};

struct ask_basis_result {
  const struct ask_derived *list; /* every amount, also those that agree; in the arena */
  size_t count;
  const struct ask_parameter_version *base; /* NULL: it could not be derived, and `why` says so */
  const char *why;
  struct ask_place why_at;
};

/* The parameter that a name means beside `parameter`: of its own file, the pack or the form. NULL: none. */
const struct ask_parameter *ask_basis_named(const struct ask_catalogue *catalogue,
                                            const struct ask_parameter *parameter, const char *name);

/* version->basis is not NULL. */
struct ask_basis_result ask_basis_derive(struct ask_arena *arena, const struct ask_catalogue *catalogue,
                                         const struct ask_parameter *parameter,
                                         const struct ask_parameter_version *version);

#endif
