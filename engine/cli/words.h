/* The words in which reports speak of statuses, days, durations and questions. */
#ifndef ASK_CLI_WORDS_H
#define ASK_CLI_WORDS_H

#include "cli/screen.h"
#include "model/assess.h"

const char *ask_status_words(enum ask_status status); /* need info */
enum ask_style ask_status_style(enum ask_status status);
/* Tue Nov 24; Tuesday, November 24, 2026 */
const char *ask_day_short(struct ask_arena *arena, int64_t days);
const char *ask_day_long(struct ask_arena *arena, int64_t days);
/* "within 3 business days", "the same day"; NULL when there is no limit. */
const char *ask_within_words(struct ask_arena *arena, const struct ask_duration_spec *duration);
/* a month, a year, once */
const char *ask_per_words(const char *per);
/* The question behind a path such as household_roster[0].dob, or NULL when it has no text. */
const char *ask_question(const struct ask_catalogue *catalogue, int32_t item, const char *path);
/* "What is your date of birth? (dob)"; for an entry of a list its number in words people use. */
const char *ask_question_line(struct ask_arena *arena, const struct ask_catalogue *catalogue, int32_t item,
                              const char *path);
/* A value for people, in the arena; texts and lists kept short. */
const char *ask_value_words(struct ask_arena *arena, const struct ask_item *item, const struct ask_value *value);
const char *ask_kind_words(struct ask_arena *arena, const struct ask_kind *kind, const struct ask_value *value);
/* The ids of programs: aps, snap */
const char *ask_program_list(struct ask_arena *arena, const struct ask_catalogue *catalogue, const int32_t *programs,
                             size_t count);

#endif
