/* parameters.yaml and plugins/<pack>/shared/parameters/ *.yaml: the numbers of policy, each with its unit, its source
 * and the days from which it holds. The grammar is in docs/rule-author.md. */
#ifndef ASK_YAML_PARAMETERS_H
#define ASK_YAML_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads a file of parameters into the arena; `path` is for messages and is copied. Values have the type of their unit:
 * USD money, exact to the cent; count, people, hours, days, months, years, points whole numbers; percent, factor, ratio
 * decimals of at most six places, as written (130 percent is 130); date a date. What follows the first word of a unit
 * ("per month", "of poverty line") is for the reader. False after adding at least one error; *ret is then untouched. */
bool ask_yaml_parameters(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                         struct ask_parameter_file *ret, struct ask_problems *problems);

/* The same grammar where it stands inside another file: fills list and count of *ret. Errors are counted in
 * problems->errors. */
void ask_yaml_parameter_list(struct ask_arena *arena, const struct ask_raw *parameters, struct ask_parameter_file *ret,
                             struct ask_problems *problems);

#endif
