/* Which value of a parameter a criterion or a worksheet line saw: for explanations. Not for evaluating. */
#ifndef ASK_MODEL_LOOKUP_H
#define ASK_MODEL_LOOKUP_H

#include "model/assess.h"
#include "model/dated.h"

/* Whether the determination has the values of its criteria and lines: a program that does not load has none. */
bool ask_has_values(const struct ask_determination *determination);

enum { ASK_LOOKUP_KEY = 64 };

struct ask_lookup {
  const struct ask_parameter *parameter;
  struct ask_kind kind;     /* of the value */
  struct ask_value value;   /* not known: no value on this day, the key was not known, or several keys were read */
  char key[ASK_LOOKUP_KEY]; /* of a table: 3, pregnant; empty: no table, or no single key */
};

/* use: a number from the parameters of a node or line of the determination's program. */
struct ask_lookup ask_lookup(const struct ask_catalogue *catalogue, const struct ask_determination *determination,
                             const struct ask_dated *dated, int32_t use);

/* Whether the expression's text names this item, line or parameter itself (and not only through another line). */
bool ask_expr_names(const char *text, const char *name);
/* The same for an item, which may also be named through a group that it belongs to. */
bool ask_expr_names_item(const struct ask_catalogue *catalogue, const char *text, int32_t item);

#endif
