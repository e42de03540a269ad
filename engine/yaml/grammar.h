/* The records of whole files and those that several files share, and how values are described to editors. Private to
 * engine/yaml. */
#ifndef ASK_YAML_GRAMMAR_H
#define ASK_YAML_GRAMMAR_H

#include "yaml/keys.h"

extern const struct ask_yaml_record ASK_YAML_FORM, ASK_YAML_PACK_ITEMS, ASK_YAML_ITEM, ASK_YAML_GROUP,
    ASK_YAML_INSTRUMENT, ASK_YAML_PARAMETER, ASK_YAML_CASE, ASK_YAML_CALENDAR, ASK_YAML_DIALECT, ASK_YAML_LOCALE;

/* Pieces of JSON Schema. */
#define ASK_SCHEMA_DATE_PATTERN "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#define ASK_SCHEMA_DATE "{\"type\":\"string\",\"pattern\":\"" ASK_SCHEMA_DATE_PATTERN "\"}"
#define ASK_SCHEMA_CELL "{\"type\":[\"number\",\"string\"]}"

#endif
