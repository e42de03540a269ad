/* Answers: what one household gave, typed and checked against the form. */
#ifndef ASK_MODEL_ANSWERS_H
#define ASK_MODEL_ANSWERS_H

#include "model/catalogue.h"

struct ask_answers {
  const struct ask_catalogue *catalogue;
  int64_t as_of;           /* days since 1970-01-01 */
  struct ask_value *items; /* item_count of them; not given: state ASK_UNKNOWN, absence ASK_UNANSWERED */
};

/* All unanswered. */
struct ask_answers *ask_answers_new(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of);

/* Reads an object {item id: value}: bool, number, text, ISO date, option word or its number, array of words, array of
 * objects for lists, {"absent": "unanswered"|"declined"|"unknown"}, null (unanswered). Unknown items, wrong types, values out of range, too
 * many entries, duplicate keys are problems whose path names the value (answers.household_roster[0].dob); reading goes on so that all are named.
 * NULL when there was an error. raw stays borrowed for texts until the answers are gone. */
struct ask_answers *ask_answers_read(struct ask_arena *arena, const struct ask_catalogue *catalogue, int64_t as_of,
                                     const struct ask_raw *raw, struct ask_problems *problems);

/* The value of one cell in the words of the input: 1450.00, "rent_lease", "1944-03-02", [..] as text for people and
 * machines. For people: $1,450, the option's text. */
void ask_value_json(const struct ask_item *item, const struct ask_value *value, struct ask_buffer *buffer);
void ask_value_people(const struct ask_item *item, const struct ask_value *value, struct ask_buffer *buffer);
/* The same for a value that is not an item's (a worksheet line, a parameter). */
void ask_kind_json(const struct ask_kind *kind, const struct ask_value *value, struct ask_buffer *buffer);
void ask_kind_people(const struct ask_kind *kind, const struct ask_value *value, struct ask_buffer *buffer);
/* Appends a JSON string literal. */
void ask_json_string(struct ask_buffer *buffer, const char *bytes, size_t length);

#endif
