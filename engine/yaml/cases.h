/* plugins/<pack>/<program>/cases.yaml: golden cases, households and what the rule must say of them. */
#ifndef ASK_YAML_CASES_H
#define ASK_YAML_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads the cases into the arena, in the order as written. `path` is for messages and is copied. `given` and `expect`
 * stay trees: they get their types when they meet the items. False after adding at least one error; *ret is then
 * untouched. */
bool ask_yaml_cases(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                    struct ask_case_file *ret, struct ask_problems *problems);

#endif
