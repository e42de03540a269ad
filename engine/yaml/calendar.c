/* The grammar of a table of holidays. */
#include "yaml/calendar.h"

#include <stdlib.h>

#include "base/date.h"
#include "yaml/grammar.h"
#include "yaml/keys.h"
#include "yaml/yaml.h"

#define PROBLEM(reader, code, at, hint, ...) \
  ask_problem_add((reader)->problems, ASK_ERROR, code, at, NULL, hint, __VA_ARGS__)

static int by_date(const void *a, const void *b) {
  const struct ask_holiday_spec *x = a, *y = b;
  return (x->date > y->date) - (x->date < y->date);
}

static void set_holidays(const struct ask_yaml_reader *reader, const struct ask_raw *value, void *target) {
  struct ask_calendar_spec *calendar = target;
  if (!ask_yaml_expect(reader, value, ASK_RAW_OBJECT, "days with their names")) return;
  struct ask_holiday_spec *holidays = ask_alloc_array(reader->arena, value->child_count, sizeof *holidays);
  size_t count = 0;
  for (size_t i = 0; i < value->child_count; i++) {
    const struct ask_raw *child = &value->children[i];
    struct ask_holiday_spec holiday = {.at = child->key_at, .name = child->text};
    if (ask_yaml_read_date_key(reader, child, &holiday.date) &&
        ask_yaml_expect(reader, child, ASK_RAW_TEXT, "the name of the holiday"))
      holidays[count++] = holiday;
  }
  /* The same day twice is the same key twice: a date has one spelling, and the reader of the tree has refused it. */
  qsort(holidays, count, sizeof *holidays, by_date);
  calendar->holidays = holidays;
  calendar->count = count;
}

static void check_range(const struct ask_yaml_reader *reader, const struct ask_raw *object, void *target) {
  const struct ask_calendar_spec *calendar = target;
  const struct ask_raw *from = ask_yaml_child(object, "complete_from");
  const struct ask_raw *until = ask_yaml_child(object, "complete_until");
  int64_t day;
  /* Missing or unreadable bounds have been reported, and bound nothing. */
  if (!from || !until || from->kind != ASK_RAW_TEXT || until->kind != ASK_RAW_TEXT ||
      !ask_date_read(from->text, from->length, &day) || !ask_date_read(until->text, until->length, &day))
    return;
  if (calendar->last < calendar->first) {
    PROBLEM(reader, "bad-range", until->at, NULL, "complete_until %s is before complete_from %s on line %d",
            until->text, from->text, from->at.line);
    return;
  }
  for (size_t i = 0; i < calendar->count; i++) {
    const struct ask_holiday_spec *holiday = &calendar->holidays[i];
    char text[16];
    ask_date_text(holiday->date, text);
    if (holiday->date < calendar->first || holiday->date > calendar->last)
      PROBLEM(reader, "out-of-range", holiday->at,
              "complete the table for its year, then move complete_from or complete_until",
              "the holiday %s is not between %s and %s", text, from->text, until->text);
  }
}

#define CALENDAR_MEMBER(name) .member = offsetof(struct ask_calendar_spec, name)
static const struct ask_yaml_key CALENDAR_KEYS[] = {
    {.name = "source", .kind = ASK_YAML_TEXT, .required = true, CALENDAR_MEMBER(source)},
    {.name = "complete_from", .kind = ASK_YAML_DATE, .required = true, CALENDAR_MEMBER(first)},
    {.name = "complete_until", .kind = ASK_YAML_DATE, .required = true, CALENDAR_MEMBER(last)},
    {.name = "holidays",
     .kind = ASK_YAML_OWN,
     .required = true,
     .own = set_holidays,
     .schema = "{\"type\":\"object\",\"additionalProperties\":false,\"patternProperties\":{"
               "\"" ASK_SCHEMA_DATE_PATTERN "\":{\"type\":\"string\"}}}"},
};
const struct ask_yaml_record ASK_YAML_CALENDAR = {.what = "a table of holidays",
                                                  .size = sizeof(struct ask_calendar_spec),
                                                  ASK_YAML_KEYS(CALENDAR_KEYS),
                                                  .end = check_range};

const struct ask_yaml_record *const ask_yaml_records_calendar[] = {&ASK_YAML_CALENDAR, NULL};

bool ask_yaml_calendar(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                       struct ask_calendar_spec *ret, struct ask_problems *problems) {
  const struct ask_yaml_reader reader = {arena, problems};
  size_t errors_before = problems->errors;
  const struct ask_raw *root = ask_yaml_read(arena, path, bytes, length, problems);
  struct ask_calendar_spec calendar = {0};
  if (root) ask_yaml_read_record(&reader, root, &ASK_YAML_CALENDAR, &calendar);
  if (problems->errors > errors_before) return false;
  *ret = calendar;
  return true;
}
