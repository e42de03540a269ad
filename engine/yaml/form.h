/* forms/<form>.yaml: the questions. The grammar is in docs/rule-author.md; whether the items fit together is the
 * model's business. */
#ifndef ASK_YAML_FORM_H
#define ASK_YAML_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads a form into the arena. `path` is for messages. False after adding at least one error; *ret is then untouched. */
bool ask_yaml_form(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                   struct ask_form_spec *ret, struct ask_problems *problems);

/* The same for a form that asks instruments: `- instrument: phq9` in a section stands for the items of that one. The
 * form keeps pointers to those that it asks. */
bool ask_yaml_form_with(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                        const struct ask_instrument_spec *instruments, size_t instrument_count,
                        struct ask_form_spec *ret, struct ask_problems *problems);
/* Reads what a pack adds to the form (shared/items.yaml): sections, items outside of sections, groups and checks in the same
 * grammar, none of them required. `pack` is what the items are declared by. As ask_yaml_form; id, title and version stay
 * NULL. */
bool ask_yaml_pack_items(struct ask_arena *arena, const char *path, const char *bytes, size_t length, const char *pack,
                         struct ask_form_spec *ret, struct ask_problems *problems);

/* Reads a list of items from a tree: for a form's sections and for whoever else brings items in YAML. `section` and
 * `declared_by` are set on the items and on their fields; section may be NULL. The array is contiguous, in the arena;
 * NULL with count 0 after a problem with the list itself. Errors are counted in problems->errors. */
const struct ask_item_spec *ask_yaml_items(struct ask_arena *arena, const struct ask_raw *list, const char *section,
                                           const char *declared_by, size_t *ret_count, struct ask_problems *problems);
/* The same for a list of groups. */
const struct ask_group_spec *ask_yaml_groups(struct ask_arena *arena, const struct ask_raw *list, size_t *ret_count,
                                             struct ask_problems *problems);

#endif
