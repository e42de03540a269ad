/* Every formula of a program's spec, wherever it stands: for those who look at all of them alike. */
#ifndef ASK_MODEL_FORMULAS_H
#define ASK_MODEL_FORMULAS_H

#include "model/spec.h"

/* Called for each formula that is there, in the order of the file: worksheet, criteria, levels, score, amount, notes,
 * documents, next steps. `at`: of what it belongs to. */
typedef void ask_formula_visit(void *context, const struct ask_formula_spec *formula, struct ask_place at);
void ask_each_formula(const struct ask_program_spec *spec, ask_formula_visit *visit, void *context);

#endif
