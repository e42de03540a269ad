/* The keys of the YAML files, for whoever describes them; from the tables that read them. */
#ifndef ASK_YAML_WORDS_H
#define ASK_YAML_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/type.h"

enum ask_yaml_file {
  ASK_YAML_FORM_FILE,
  ASK_YAML_INSTRUMENT_FILE,
  ASK_YAML_PARAMETERS_FILE,
  ASK_YAML_CASES_FILE,
  ASK_YAML_CALENDAR_FILE,
};

/* One key of record number `record` of a file: "an item", "ask_when", "an expression". key counts from 0; false beyond the last
 * key. ret_kind: what its value is; NULL: it has a form of its own. *ret_more: there is such a record at all. */
bool ask_yaml_word(enum ask_yaml_file file, size_t record, size_t key, const char **ret_record, const char **ret_key,
                   const char **ret_kind, bool *ret_required, bool *ret_more);

/* USD: money. False beyond the last. */
bool ask_yaml_unit(size_t index, const char **ret_word, enum ask_type *ret_type);
/* The keys of a case's `expect`. */
bool ask_yaml_expectation(size_t index, const char **ret_word);

#endif
