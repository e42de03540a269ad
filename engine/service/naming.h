/* What things are called that have no text of their own. An item that is computed, a step without a text, the key of a table:
 * each is called by its id, with blanks. These names are texts like all others, so that a language can translate them. */
#ifndef ASK_SERVICE_NAMING_H
#define ASK_SERVICE_NAMING_H

#include "model/spec.h"

/* gross_monthly -> gross monthly */
const char *ask_name_words(struct ask_arena *arena, const char *name);
/* What one of a group's items is called among the others, by the name of an entry: adl_bathing -> bathing */
const char *ask_member_words(struct ask_arena *arena, const char *entry, const char *item);
/* How an amount of this unit is said: {amount} a month, {amount} years; one: {amount} year. */
const char *ask_unit_pattern(struct ask_arena *arena, const struct ask_parameter_spec *spec, bool one);
/* Whether the key of a table is a name, and not a number. */
bool ask_key_is_name(const char *key);

#endif
