/* plugins/<pack>/shared/dialect.yaml: how requests in the format of another system are read. The grammar is in
 * docs/rule-author.md; whether the items exist is checked when the catalogue is there (service/dialect.h). */
#ifndef ASK_YAML_DIALECT_H
#define ASK_YAML_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads a dialect into the arena. `path` is for messages. False after adding at least one error; *ret is then
 * untouched. */
bool ask_yaml_dialect(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                      struct ask_dialect_spec *ret, struct ask_problems *problems);

#endif
