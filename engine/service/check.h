/* What is worth a second look in plugins and forms that load: the findings of `plugin lint` and `form lint`. Errors
 * that keep them from loading come from the loaders and the model; these are the checks of lint.h. */
#ifndef ASK_SERVICE_CHECK_H
#define ASK_SERVICE_CHECK_H

#include "service/catalogue.h"

/* One program: citations, numbers and dates in its rules, conditions that decide nothing, what it does not use, its
 * parameters on the day `today` and against their basis. */
void ask_check_program(const struct ask_rules *rules, const struct ask_program *program, int64_t today,
                       struct ask_problems *problems);
/* The packs as a whole: their shared parameters, questions and answers that no program of them uses. Whether another pack
 * uses what all packs share cannot be seen from one. */
void ask_check_packs(const struct ask_rules *rules, struct ask_problems *problems);
/* Questions without a `why`, choices with fewer than two answers. */
void ask_check_form(const struct ask_catalogue *catalogue, struct ask_problems *problems);

#endif
