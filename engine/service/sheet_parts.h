/* Shared by the files that make sheets (sheet*.c) and compare programs (compare*.c); not for anybody else. */
#ifndef ASK_SERVICE_SHEET_PARTS_H
#define ASK_SERVICE_SHEET_PARTS_H

#include "service/naming.h"
#include "service/sheet.h"

struct ask_wording {
  struct ask_arena *arena;
  const struct ask_catalogue *catalogue;
  const struct ask_program *program; /* NULL: an index */
  int64_t as_of;
  const struct ask_locale *locale; /* NULL: English */
};

/* sheet_phrases.c. A phrase of ask_sheet_phrases in the language: after it the name and the value of each placeholder, then
 * NULL. */
__attribute__((sentinel)) const char *ask_phrase(const struct ask_wording *w, const char *english, ...);
/* A text of the program, of its pack or of the form in the language; NULL for NULL. */
const char *ask_words(const struct ask_wording *w, const char *english);
/* The same of any program. */
const char *ask_own_words(const struct ask_wording *w, const struct ask_program_spec *program, const char *english);
/* A text of an item, which another program may have brought. */
const char *ask_item_words(const struct ask_wording *w, const struct ask_item *item, const char *english);
/* One more at the end of a list, which is "" at first. */
const char *ask_joined(const struct ask_wording *w, const char *list, const char *next);

/* sheet_words.c: an expression as a sentence without its full stop. */
const char *ask_expression_words(struct ask_wording *w, const char *expression);

/* sheet_values.c. In the words of its unit: $1,729 a month, 18 years, 30 %, July 4, 2025. */
const char *ask_amount_words(const struct ask_wording *w, const struct ask_parameter_spec *spec, int64_t word);
/* All of one version: $1,729 a month for 1 person, $2,345 for 2, $616 for each more person (people, where the program
 * looks it up by the size of a household). most: cells that are shown. */
const char *ask_version_words(const struct ask_wording *w, const struct ask_parameter_spec *spec,
                              const struct ask_parameter_version *version, size_t most);
/* What a use of a parameter gives on the day: a value, or a table's first cells; NULL without one in force. */
const char *ask_use_words(const struct ask_wording *w, int32_t use);
const char *ask_title_words(const struct ask_wording *w, const struct ask_parameter_spec *spec);
const char *ask_date_words(const struct ask_wording *w, int64_t day); /* July 4, 2025 */
/* within 3 business days, the same day; NULL: no limit */
const char *ask_duration_words(const struct ask_wording *w, const struct ask_duration_spec *duration);

/* sheet_html.c */
void ask_sheet_write_html(struct ask_buffer *buffer, const struct ask_sheet *sheet);

#endif
