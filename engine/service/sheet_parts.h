/* Shared by the files that make sheets (sheet*.c) and compare programs (compare*.c); not for anybody else. */
#ifndef ASK_SERVICE_SHEET_PARTS_H
#define ASK_SERVICE_SHEET_PARTS_H

#include "service/sheet.h"

struct ask_wording {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct ask_program *program;
  int64_t as_of;
};

/* sheet_words.c: an expression as a sentence without its full stop. */
const char *ask_expression_words(struct ask_wording *w, const char *expression);
/* gross_monthly -> gross monthly */
const char *ask_name_words(struct ask_arena *arena, const char *name);

/* sheet_values.c. In the words of its unit: $1,729 a month, 18 years, 30 %, July 4, 2025. */
const char *ask_amount_words(struct ask_arena *arena, const struct ask_parameter_spec *spec, int64_t word);
/* All of one version: $1,729 a month for 1 person, $2,345 for 2, $616 for each more person (people, where the program
 * looks it up by the size of a household). most: cells that are shown. */
const char *ask_version_words(struct ask_wording *w, const struct ask_parameter_spec *spec,
                              const struct ask_parameter_version *version, size_t most);
/* What a use of a parameter gives on the day: a value, or a table's first cells; NULL without one in force. */
const char *ask_use_words(struct ask_wording *w, int32_t use);
const char *ask_date_words(struct ask_arena *arena, int64_t day); /* July 4, 2025 */
/* within 3 business days, the same day; NULL: no limit */
const char *ask_duration_words(struct ask_arena *arena, const struct ask_duration_spec *duration);

/* sheet_html.c */
void ask_sheet_write_html(struct ask_buffer *buffer, const struct ask_sheet *sheet);

#endif
