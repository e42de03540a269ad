/* JSON Schemas of our YAML files, from the tables of keys that read them: for completion and checks in editors. They are
 * as strict as a schema can be about keys, and say nothing that the reader does not. */
#ifndef ASK_YAML_SCHEMA_H
#define ASK_YAML_SCHEMA_H

#include <stddef.h>

#include "base/text.h"

/* form, items (of a pack), instrument, parameters, cases, holidays, dialect */
size_t ask_yaml_schema_count(void);
const char *ask_yaml_schema_name(size_t number);
void ask_yaml_schema(size_t number, struct ask_buffer *ret);

#endif
