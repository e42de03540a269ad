/* Unit tests of dates. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/date.h"

static int64_t day(const char *text) {
  int64_t days = 0;
  ck_assert_msg(ask_date_read(text, strlen(text), &days), "%s", text);
  return days;
}

START_TEST(every_accepted_day_goes_there_and_back) {
  for (int64_t days = ASK_DATE_MIN; days <= ASK_DATE_MAX; days++) {
    int year, month, day_of_month;
    ask_date_to_civil(days, &year, &month, &day_of_month);
    char text[16];
    ask_date_text(days, text);
    int64_t again = 0;
    if (ask_date_from_civil(year, month, day_of_month) != days || !ask_date_read(text, strlen(text), &again) ||
        again != days)
      ck_abort_msg("day %lld, %s", (long long)days, text);
  }
}
END_TEST

START_TEST(known_days) {
  ck_assert_int_eq(day("1970-01-01"), 0);
  ck_assert_int_eq(day("2000-03-01"), 11017);
  ck_assert_int_eq(day("1800-01-01"), ASK_DATE_MIN);
  ck_assert_int_eq(day("2299-12-31"), ASK_DATE_MAX);
  ck_assert_int_eq(ask_date_weekday(day("2026-11-23")), 1);
  ck_assert_int_eq(ask_date_weekday(day("1969-12-28")), 0);
  ck_assert_int_eq(ask_date_weekday(day("1969-12-27")), 6);
  char text[16];
  ask_date_text(INT64_MAX, text);
  ask_date_text(INT64_MIN, text);
  ck_assert_str_eq(text, "out of range");
}
END_TEST

START_TEST(slips_of_the_pen_are_refused) {
  static const char *const bad[] = {"2026-02-29", "2100-02-29", "2026-13-01",  "2026-00-10", "2026-04-31",
                                    "2026-1-1",   "2026/01/01", "1799-12-31",  "2300-01-01", "0026-01-01",
                                    "2026-01-0a", "",           "2026-01-011", "20260101",   "+026-01-01"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    int64_t days = 5;
    ck_assert_msg(!ask_date_read(bad[i], strlen(bad[i]), &days), "%s", bad[i]);
    ck_assert_int_eq(days, 5);
  }
}
END_TEST

START_TEST(years_are_counted_at_the_birthday) {
  ck_assert_int_eq(ask_date_years_between(day("1944-03-02"), day("2026-03-01")), 81);
  ck_assert_int_eq(ask_date_years_between(day("1944-03-02"), day("2026-03-02")), 82);
  ck_assert_int_eq(ask_date_years_between(day("2008-02-29"), day("2026-02-28")), 17);
  ck_assert_int_eq(ask_date_years_between(day("2008-02-29"), day("2026-03-01")), 18);
  ck_assert_int_eq(ask_date_years_between(day("2008-02-29"), day("2028-02-29")), 20);
  ck_assert_int_eq(ask_date_years_between(day("2026-01-02"), day("2026-01-02")), 0);
  ck_assert_int_eq(ask_date_years_between(day("2026-01-02"), day("2026-01-01")), -1);
}
END_TEST

START_TEST(months_end_where_the_month_ends) {
  ck_assert_int_eq(ask_date_add_months(day("2026-01-31"), 1), day("2026-02-28"));
  ck_assert_int_eq(ask_date_add_months(day("2028-01-31"), 1), day("2028-02-29"));
  ck_assert_int_eq(ask_date_add_months(day("2026-03-31"), -1), day("2026-02-28"));
  ck_assert_int_eq(ask_date_add_months(day("2026-11-15"), 2), day("2027-01-15"));
  ck_assert_int_eq(ask_date_add_months(day("2026-01-15"), -13), day("2024-12-15"));
  ck_assert_int_eq(ask_date_months_between(day("2026-01-31"), day("2026-02-28")), 0);
  ck_assert_int_eq(ask_date_months_between(day("2026-01-15"), day("2026-03-15")), 2);
  ck_assert_int_eq(ask_date_months_between(day("2026-01-15"), day("2026-01-14")), -1);
  ck_assert_int_gt(ask_date_add_months(0, INT64_MAX), ASK_DATE_MAX);
  ck_assert_int_lt(ask_date_add_months(INT64_MIN, INT64_MIN), ASK_DATE_MIN);
}
END_TEST

START_TEST(business_days_pass_over_weekends_and_holidays) {
  const int64_t closed[] = {day("2026-11-26"), day("2026-12-25")};
  ck_assert_int_eq(ask_date_add_business_days(day("2026-11-25"), 1, closed, 2), day("2026-11-27"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-11-25"), 1, NULL, 0), day("2026-11-26"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-11-28"), 1, closed, 2), day("2026-11-30"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-11-28"), 0, closed, 2), day("2026-11-28"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-11-29"), -1, closed, 2), day("2026-11-27"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-12-02"), -5, closed, 2), day("2026-11-24"));
  ck_assert_int_eq(ask_date_add_business_days(day("2026-12-02"), -5, NULL, 0), day("2026-11-25"));
}
END_TEST

/* Seconds of a UTC moment. */
static int64_t moment(const char *date, int hour, int minute) { return day(date) * 86400 + hour * 3600 + minute * 60; }

START_TEST(the_date_in_new_york) {
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-11-23", 4, 59)), day("2026-11-22"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-11-23", 5, 0)), day("2026-11-23"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-07-04", 3, 59)), day("2026-07-03"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-07-04", 4, 0)), day("2026-07-04"));
  /* 2026: summer time from 8 March to 1 November. */
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-03-08", 4, 30)), day("2026-03-07"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-03-09", 4, 30)), day("2026-03-09"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-11-01", 4, 30)), day("2026-11-01"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2026-11-02", 4, 30)), day("2026-11-01"));
  /* March and November that begin on a Sunday (2020-03-01, 2026-11-01, 2015-03-01 and 2015-11-01). */
  ck_assert_int_eq(ask_date_in_new_york(moment("2015-03-08", 4, 30)), day("2015-03-07"));
  ck_assert_int_eq(ask_date_in_new_york(moment("2015-03-09", 4, 30)), day("2015-03-09"));
  ck_assert_int_eq(ask_date_in_new_york(-1), day("1969-12-31"));
  ask_date_in_new_york(INT64_MAX);
  ask_date_in_new_york(INT64_MIN);
}
END_TEST

static Suite *base_date_suite(void) {
  Suite *suite = suite_create("base date");
  TCase *cases = tcase_create("date");
  tcase_add_test(cases, every_accepted_day_goes_there_and_back);
  tcase_add_test(cases, known_days);
  tcase_add_test(cases, slips_of_the_pen_are_refused);
  tcase_add_test(cases, years_are_counted_at_the_birthday);
  tcase_add_test(cases, months_end_where_the_month_ends);
  tcase_add_test(cases, business_days_pass_over_weekends_and_holidays);
  tcase_add_test(cases, the_date_in_new_york);
  suite_add_tcase(suite, cases);
  return suite;
}

int main(void) {
  SRunner *runner = srunner_create(base_date_suite());
  srunner_run_all(runner, CK_NORMAL);
  int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures > 0;
}
