/* forms/instruments/<id>.yaml: a published set of questions with its scores, as a form asks it. The grammar is in
 * docs/rule-author.md; whether the expressions hold together is the model's business. */
#ifndef ASK_YAML_INSTRUMENT_H
#define ASK_YAML_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads an instrument into the arena. `path` is for messages and is copied; `id` is the one that the file's name
 * promises. False after adding at least one error; *ret is then untouched. */
bool ask_yaml_instrument(struct ask_arena *arena, const char *path, const char *id, const char *bytes, size_t length,
                         struct ask_instrument_spec *ret, struct ask_problems *problems);

#endif
