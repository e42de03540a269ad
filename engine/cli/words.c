/* The words in which reports speak. */
#include "cli/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

const char *ask_status_words(enum ask_status status) {
  static const char *const words[ASK_STATUS_COUNT] = {"likely",   "possible", "need info",
                                                      "unlikely", "withheld", "error"};
  return words[status];
}

enum ask_style ask_status_style(enum ask_status status) {
  static const enum ask_style styles[ASK_STATUS_COUNT] = {ASK_GREEN, ASK_BLUE,    ASK_YELLOW,
                                                          ASK_DIM,   ASK_MAGENTA, ASK_RED};
  return styles[status];
}

static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

const char *ask_day_short(struct ask_arena *arena, int64_t days) {
  int year, month, day;
  ask_date_to_civil(days, &year, &month, &day);
  return ask_printf(arena, "%.3s %.3s %d", weekdays[ask_date_weekday(days)], months[month - 1], day);
}

const char *ask_day_long(struct ask_arena *arena, int64_t days) {
  int year, month, day;
  ask_date_to_civil(days, &year, &month, &day);
  return ask_printf(arena, "%s, %s %d, %d", weekdays[ask_date_weekday(days)], months[month - 1], day, year);
}

const char *ask_within_words(struct ask_arena *arena, const struct ask_duration_spec *duration) {
  static const char *const units[] = {[ASK_HOURS] = "hour", [ASK_DAYS] = "day", [ASK_BUSINESS_DAYS] = "business day"};
  if (duration->unit == ASK_NO_LIMIT) return NULL;
  if (duration->count == 0) return duration->unit == ASK_HOURS ? "now" : "the same day";
  return ask_printf(arena, "within %d %s%s", (int)duration->count, units[duration->unit],
                    duration->count == 1 ? "" : "s");
}

const char *ask_per_words(const char *per) {
  if (!per) return "";
  if (strcmp(per, "month") == 0) return " a month";
  if (strcmp(per, "year") == 0) return " a year";
  return strcmp(per, "once") == 0 ? " once" : per;
}

/* The item or field that a path ends at. */
static const struct ask_item *item_at(const struct ask_catalogue *catalogue, int32_t number, const char *path) {
  const struct ask_item *item = &catalogue->items[number];
  for (const char *dot = path ? strchr(path, '.') : NULL; dot; dot = strchr(dot + 1, '.')) {
    size_t length = strcspn(dot + 1, ".[");
    const struct ask_item *found = NULL;
    for (size_t i = 0; i < item->field_count; i++)
      if (strncmp(item->fields[i].spec->id, dot + 1, length) == 0 && !item->fields[i].spec->id[length])
        found = &item->fields[i];
    if (!found) return item;
    item = found;
  }
  return item;
}

const char *ask_question(const struct ask_catalogue *catalogue, int32_t item, const char *path) {
  return item_at(catalogue, item, path)->spec->text;
}

const char *ask_question_line(struct ask_arena *arena, const struct ask_catalogue *catalogue, int32_t item,
                              const char *path) {
  const char *text = ask_question(catalogue, item, path), *bracket = path ? strchr(path, '[') : NULL;
  const char *id = path ? path : catalogue->items[item].spec->id;
  if (!text) return id;
  if (!bracket) return ask_printf(arena, "%s (%s)", text, id);
  const char *entry = catalogue->items[item].spec->entry;
  return ask_printf(arena, "%s [%s %d] (%s)", text, entry ? entry : "entry", atoi(bracket + 1) + 1, id);
}

/* Takes the buffer; cut at a character. */
static const char *kept_short(struct ask_arena *arena, struct ask_buffer *buffer) {
  enum { MOST = 60 };
  size_t length = buffer->length;
  const char *text;
  if (length > MOST) {
    length = MOST;
    while (length && ((unsigned char)buffer->bytes[length] & 0xC0) == 0x80) length--;
    text = ask_printf(arena, "%.*s...", (int)length, buffer->bytes);
  } else {
    text = ask_strndup(arena, buffer->bytes ? buffer->bytes : "", length);
  }
  ask_buffer_free(buffer);
  return text;
}

const char *ask_value_words(struct ask_arena *arena, const struct ask_item *item, const struct ask_value *value) {
  struct ask_buffer buffer = {0};
  ask_value_people(item, value, &buffer);
  return kept_short(arena, &buffer);
}

const char *ask_kind_words(struct ask_arena *arena, const struct ask_kind *kind, const struct ask_value *value) {
  struct ask_buffer buffer = {0};
  ask_kind_people(kind, value, &buffer);
  return kept_short(arena, &buffer);
}

const char *ask_program_list(struct ask_arena *arena, const struct ask_catalogue *catalogue, const int32_t *programs,
                             size_t count) {
  struct ask_buffer buffer = {0};
  for (size_t i = 0; i < count; i++)
    ask_buffer_printf(&buffer, "%s%s", i ? ", " : "", catalogue->programs[programs[i]].spec->id);
  const char *text = ask_strndup(arena, buffer.bytes ? buffer.bytes : "", buffer.length);
  ask_buffer_free(&buffer);
  return text;
}
