/* A household as another system describes it, in our words: one request of theirs becomes one input of ours, after the
 * pack's shared/dialect.yaml. Which fields there are is in that table alone. */
#ifndef ASK_SERVICE_DIALECT_H
#define ASK_SERVICE_DIALECT_H

#include "model/catalogue.h"

/* Whether every item, field and word that the packs' dialects name is there. False after adding problems. */
bool ask_dialects_check(const struct ask_catalogue *catalogue, struct ask_problems *problems);
/* The first of these packs that has a dialect: its number, or -1. */
int32_t ask_dialect_pack(const struct ask_catalogue *catalogue, ask_packs packs);

/* Reads [{household: [{...}], person: [{...}, ...]}], or the object alone, into {"answers": {...}, "id": ...} as
 * ask_desk_read_tree takes it. The tree is in the arena and refers to the request's texts. NULL after adding problems, as
 * many as there are: `code` is the one that the other system would give (any.required, number.max, any.allowOnly), `path`
 * the way to the value (0.person.1.age), `at` where it stood. */
const struct ask_raw *ask_dialect_read(struct ask_arena *arena, const struct ask_dialect_spec *dialect,
                                       const struct ask_raw *request, struct ask_problems *problems);

#endif
