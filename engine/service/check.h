/* What is worth a second look in plugins and forms that load: the findings of `plugin lint` and `form lint`. Errors
 * that keep them from loading come from the loaders and the model; these are warnings. */
#ifndef ASK_SERVICE_CHECK_H
#define ASK_SERVICE_CHECK_H

#include "model/catalogue.h"

/* Criteria, worksheet lines and levels with a deadline without a citation; numbers written into expressions (all but
 * 0 and 1); its own parameters that it does not use; parameters without a value today. */
void ask_check_program(const struct ask_catalogue *catalogue, const struct ask_program *program, int64_t today,
                       struct ask_problems *problems);
/* Shared parameters of the packs that no program of the pack and no question of it uses. Whether another pack uses what all
 * packs share cannot be seen from one. */
void ask_check_packs(const struct ask_catalogue *catalogue, int64_t today, struct ask_problems *problems);
/* Questions without a `why`, choices with fewer than two answers. */
void ask_check_form(const struct ask_catalogue *catalogue, struct ask_problems *problems);

#endif
