/* Unit tests of the readers of holidays and of golden cases, and a look at the City's own table of holidays. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "yaml/calendar.h"
#include "yaml/cases.h"
#include "yaml_helper.h"

static int64_t day(const char *text) {
  int64_t days = 0;
  ck_assert(ask_date_read(text, strlen(text), &days));
  return days;
}

START_TEST(holidays_are_sorted) {
  struct fixture fixture = fixture_new();
  static const char text[] = "source: S\ncomplete_from: 2026-01-01\ncomplete_until: 2026-12-31\n"
                             "holidays: {2026-12-25: Christmas Day, 2026-01-01: New Year's Day}\n";
  struct ask_calendar_spec calendar;
  ck_assert_msg(ask_yaml_calendar(fixture.arena, "a.yaml", text, sizeof text - 1, &calendar, &fixture.problems), "%s",
                fixture_said(&fixture));
  ck_assert_str_eq(calendar.source, "S");
  ck_assert_int_eq(calendar.first, day("2026-01-01"));
  ck_assert_int_eq(calendar.last, day("2026-12-31"));
  ck_assert_uint_eq(calendar.count, 2);
  ck_assert_int_eq(calendar.holidays[0].date, day("2026-01-01"));
  ck_assert_str_eq(calendar.holidays[0].name, "New Year's Day");
  ck_assert_int_eq(calendar.holidays[0].at.line, 4);
  ck_assert_int_eq(calendar.holidays[0].at.column, 39);
  ck_assert_int_eq(calendar.holidays[1].date, day("2026-12-25"));
  fixture_free(&fixture);
}
END_TEST

#define YEAR "source: S\ncomplete_from: 2026-01-01\ncomplete_until: 2026-12-31\nholidays: "

static const struct bad_text BAD_CALENDARS[] = {
    {YEAR "{2026-01-01: A, 2026-01-01: B}", "duplicate-key", 4, 27, "'2026-01-01' on line 4", NULL},
    {YEAR "{2025-12-31: A}", "out-of-range", 4, 12, "2025-12-31 is not between 2026-01-01 and 2026-12-31", "complete"},
    {YEAR "{2027-01-01: A}", "out-of-range", 4, 12, "2027-01-01", NULL},
    {YEAR "{2026-02-29: A}", "bad-date", 4, 12, "'2026-02-29'", NULL},
    {YEAR "{2026-01-01: }", "wrong-type", 4, 24, "name of the holiday", NULL},
    {YEAR "[2026-01-01]", "wrong-type", 4, 11, "'holidays' needs days", NULL},
    {"source: S\ncomplete_from: 2026-01-01\ncomplete_until: 2025-12-31\nholidays: {}", "bad-range", 3, 17, "on line 2",
     NULL},
    {"source: S\ncomplete_from: x\n", "bad-date", 2, 16, "'x'", NULL},
    {"source: S\ncomplete_from: 2026-01-01\n", "missing-key", 1, 1, "'complete_until'", NULL},
    {"source: S\nholiday: {}\n", "unknown-key", 2, 1, "'holiday'", "did you mean 'holidays'?"},
    {"5", "wrong-type", 1, 1, "a table of holidays", NULL},
};

START_TEST(bad_calendars_are_refused) {
  struct fixture fixture = fixture_new();
  const struct bad_text *bad = &BAD_CALENDARS[_i];
  struct ask_calendar_spec calendar = {.count = 77};
  ck_assert(!ask_yaml_calendar(fixture.arena, "a.yaml", bad->text, strlen(bad->text), &calendar, &fixture.problems));
  ck_assert_uint_eq(calendar.count, 77);
  assert_problem(&fixture, bad);
  fixture_free(&fixture);
}
END_TEST

START_TEST(the_citys_holidays_follow_section_24) {
  struct fixture fixture = fixture_new();
  size_t length = 0;
  const char *bytes = file_of_tree(fixture.arena, "plugins/shared/holidays.yaml", &length);
  struct ask_calendar_spec calendar;
  ck_assert_msg(ask_yaml_calendar(fixture.arena, "holidays.yaml", bytes, length, &calendar, &fixture.problems), "%s",
                fixture_said(&fixture));
  /* Month, then a day, or -(nth * 10 + weekday) for the nth of a weekday, -5x for the last. */
  static const int rules[][2] = {{1, 1},   {1, -31},  {2, -31},  {5, -51}, {6, 19},   {7, 4},
                                 {9, -11}, {10, -21}, {11, -12}, {11, 11}, {11, -44}, {12, 25}};
  size_t next = 0;
  for (int year = 2024; year <= 2028; year++) {
    int64_t days[32];
    size_t count = 0;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
      int month = rules[i][0], rule = rules[i][1];
      int64_t date = ask_date_from_civil(year, month, rule > 0 ? rule : 1);
      if (rule < 0) {
        int nth = -rule / 10, weekday = -rule % 10;
        if (nth == 5) { /* the last Monday of May */
          for (date = ask_date_from_civil(year, month, 31); ask_date_weekday(date) != weekday;) date--;
        } else {
          if (month == 11 && weekday == 2) date++; /* the Tuesday after the first Monday */
          while (ask_date_weekday(date) != weekday) date++;
          date += 7 * (nth - 1);
        }
      }
      days[count++] = date;
      if (rule > 0 && ask_date_weekday(date) == 0) days[count++] = date + 1;
    }
    for (size_t i = 1; i < count; i++)
      for (size_t j = i; j > 0 && days[j - 1] > days[j]; j--) {
        int64_t swap = days[j];
        days[j] = days[j - 1];
        days[j - 1] = swap;
      }
    for (size_t i = 0; i < count; i++, next++) {
      char expected[16], found[16];
      ck_assert_uint_lt(next, calendar.count);
      ask_date_text(days[i], expected);
      ask_date_text(calendar.holidays[next].date, found);
      ck_assert_str_eq(found, expected);
    }
  }
  ck_assert_uint_eq(next, calendar.count);
  fixture_free(&fixture);
}
END_TEST

START_TEST(cases_are_read_in_order) {
  struct fixture fixture = fixture_new();
  static const char text[] =
      "- name: a capable helper means APS is not the door\n"
      "  as_of: 2026-11-23\n"
      "  given: {age: 82, informal_helper: adequate, roster: [{dob: 1944-03-02}]}\n"
      "  expect: {status: unlikely, because: [informal_helper]}\n"
      "- {name: other, program: snap, given: {}, expect: {amount: 0, lines: {gross: 1200.00}}}\n";
  struct ask_case_file file;
  ck_assert_msg(ask_yaml_cases(fixture.arena, "a.yaml", text, sizeof text - 1, &file, &fixture.problems), "%s",
                fixture_said(&fixture));
  ck_assert_str_eq(file.path, "a.yaml");
  ck_assert_uint_eq(file.count, 2);
  ck_assert_str_eq(file.list[0].name, "a capable helper means APS is not the door");
  ck_assert_ptr_null(file.list[0].program);
  ck_assert(file.list[0].has_as_of && !file.list[1].has_as_of);
  ck_assert_int_eq(file.list[0].as_of, day("2026-11-23"));
  ck_assert_int_eq(file.list[0].at.line, 1);
  ck_assert_uint_eq(file.list[0].given->child_count, 3);
  ck_assert_str_eq(file.list[0].given->children[0].key, "age");
  ck_assert_int_eq(file.list[0].given->children[0].kind, ASK_RAW_NUMBER);
  ck_assert_str_eq(file.list[0].given->children[2].children[0].children[0].text, "1944-03-02");
  ck_assert_str_eq(file.list[0].expect->children[0].text, "unlikely");
  ck_assert_str_eq(file.list[1].program, "snap");
  ck_assert_str_eq(file.list[1].expect->children[1].children[0].text, "1200.00");
  fixture_free(&fixture);
}
END_TEST

static const struct bad_text BAD_CASES[] = {
    {"a: 1", "wrong-type", 1, 1, "expected a list", "- "},
    {"- 5", "wrong-type", 1, 3, "expected a case", NULL},
    {"- {name: a, given: {}}", "missing-key", 1, 3, "'expect'", NULL},
    {"- {given: {}, expect: {status: x}}", "missing-key", 1, 3, "'name'", NULL},
    {"- {name: a, gven: {}, expect: {status: x}}", "unknown-key", 1, 13, "'gven'", "did you mean 'given'?"},
    {"- {name: a, given: [], expect: {status: x}}", "wrong-type", 1, 20, "'given' needs answers", NULL},
    {"- {name: a, given: {}, expect: likely}", "wrong-type", 1, 32, "'expect' needs", NULL},
    {"- {name: a, given: {}, expect: {}}", "empty-expect", 1, 32, "never fail", "status"},
    {"- {name: a, given: {}, expect: {statsu: x}}", "unknown-key", 1, 33, "'statsu'", "did you mean 'status'?"},
    {"- {name: a, as_of: 2026-02-29, given: {}, expect: {status: x}}", "bad-date", 1, 20, "'2026-02-29'", NULL},
    {"- {name: a, as_of: 5, given: {}, expect: {status: x}}", "wrong-type", 1, 20, "'as_of' needs a date", NULL},
    {"- {name: a, given: {}, expect: {status: x}}\n- {name: a, given: {}, expect: {status: x}}\n", "duplicate-case", 2,
     3, "on line 2 has the name of the one on line 1", NULL},
};

START_TEST(bad_cases_are_refused) {
  struct fixture fixture = fixture_new();
  const struct bad_text *bad = &BAD_CASES[_i];
  struct ask_case_file file = {.count = 77};
  ck_assert(!ask_yaml_cases(fixture.arena, "a.yaml", bad->text, strlen(bad->text), &file, &fixture.problems));
  ck_assert_uint_eq(file.count, 77);
  assert_problem(&fixture, bad);
  fixture_free(&fixture);
}
END_TEST

static Suite *yaml_calendar_and_cases_suite(void) {
  Suite *suite = suite_create("yaml calendar and cases");
  TCase *calendars = tcase_create("calendar");
  tcase_add_test(calendars, holidays_are_sorted);
  tcase_add_loop_test(calendars, bad_calendars_are_refused, 0, COUNT_OF(BAD_CALENDARS));
  tcase_add_test(calendars, the_citys_holidays_follow_section_24);
  suite_add_tcase(suite, calendars);
  TCase *cases = tcase_create("cases");
  tcase_add_test(cases, cases_are_read_in_order);
  tcase_add_loop_test(cases, bad_cases_are_refused, 0, COUNT_OF(BAD_CASES));
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(yaml_calendar_and_cases_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
