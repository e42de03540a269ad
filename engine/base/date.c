/* Calendar arithmetic. Not for times of day, except for the one question which date it is in New York. */
#include "base/date.h"

#include <string.h>

enum { SECONDS_A_DAY = 86400, SECONDS_AN_HOUR = 3600 };
/* Civil fields are computed for years -9999 to 9999 or so; beyond, days are held at these bounds, so that arithmetic
 * on a date that is already out of range cannot overflow. */
static const int64_t FARTHEST_DAY = 3000000;
static const int64_t FARTHEST_MONTHS = 120000;

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Both directions count years from 1 March, so that the leap day is the last of its year, in eras of 400 years. */
int64_t ask_date_from_civil(int year, int month, int day) {
  int64_t y = (int64_t)year - (month <= 2);
  int64_t era = floor_div(y, 400);
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void ask_date_to_civil(int64_t days, int *ret_year, int *ret_month, int *ret_day) {
  if (days > FARTHEST_DAY) days = FARTHEST_DAY;
  if (days < -FARTHEST_DAY) days = -FARTHEST_DAY;
  int64_t z = days + 719468;
  int64_t era = floor_div(z, 146097);
  int64_t day_of_era = z - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted_month = (5 * day_of_year + 2) / 153;
  int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  *ret_day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  *ret_month = month;
  *ret_year = (int)(year_of_era + era * 400 + (month <= 2));
}

static bool read_digits(const char *text, int count, int *ret) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  *ret = value;
  return true;
}

bool ask_date_read(const char *text, size_t length, int64_t *ret_days) {
  int year, month, day;
  if (length != 10 || text[4] != '-' || text[7] != '-' || !read_digits(text, 4, &year) ||
      !read_digits(text + 5, 2, &month) || !read_digits(text + 8, 2, &day))
    return false;
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return false;
  int64_t days = ask_date_from_civil(year, month, day);
  if (days < ASK_DATE_MIN || days > ASK_DATE_MAX) return false;
  *ret_days = days;
  return true;
}

void ask_date_text(int64_t days, char ret_text[16]) {
  int year, month, day;
  ask_date_to_civil(days, &year, &month, &day);
  if (year < 0 || year > 9999) {
    memcpy(ret_text, "out of range", sizeof "out of range");
    return;
  }
  const int fields[] = {year / 100, year % 100, month, day};
  char *at = ret_text;
  for (int i = 0; i < 4; i++) {
    if (i >= 2) *at++ = '-';
    *at++ = (char)('0' + fields[i] / 10);
    *at++ = (char)('0' + fields[i] % 10);
  }
  *at = '\0';
}

int ask_date_weekday(int64_t days) {
  int64_t rest = days % 7; /* 1970-01-01 was a Thursday */
  return (int)((rest + 11) % 7);
}

int64_t ask_date_months_between(int64_t from, int64_t to) {
  int from_year, from_month, from_day, to_year, to_month, to_day;
  ask_date_to_civil(from, &from_year, &from_month, &from_day);
  ask_date_to_civil(to, &to_year, &to_month, &to_day);
  return ((int64_t)to_year - from_year) * 12 + (to_month - from_month) - (to_day < from_day);
}

int64_t ask_date_years_between(int64_t from, int64_t to) { return floor_div(ask_date_months_between(from, to), 12); }

int64_t ask_date_add_months(int64_t days, int64_t months) {
  int year, month, day;
  ask_date_to_civil(days, &year, &month, &day);
  if (months > FARTHEST_MONTHS) months = FARTHEST_MONTHS;
  if (months < -FARTHEST_MONTHS) months = -FARTHEST_MONTHS;
  int64_t total = (int64_t)year * 12 + (month - 1) + months;
  int new_year = (int)floor_div(total, 12);
  int new_month = (int)(total - (int64_t)new_year * 12) + 1;
  int last_day = days_in_month(new_year, new_month);
  return ask_date_from_civil(new_year, new_month, day < last_day ? day : last_day);
}

static bool is_among(int64_t day, const int64_t *days, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (days[i] == day) return true;
  return false;
}

int64_t ask_date_add_business_days(int64_t days, int64_t count, const int64_t *holidays, size_t holiday_count) {
  int step = count < 0 ? -1 : 1;
  for (int64_t left = count * step; left > 0;) {
    days += step;
    int weekday = ask_date_weekday(days);
    if (weekday != 0 && weekday != 6 && !is_among(days, holidays, holiday_count)) left--;
  }
  return days;
}

/* The nth Sunday of a month. */
static int64_t nth_sunday(int year, int month, int nth) {
  int64_t first = ask_date_from_civil(year, month, 1);
  return first + (7 - ask_date_weekday(first)) % 7 + (int64_t)7 * (nth - 1);
}

int64_t ask_seconds_in_new_york(int64_t unix_seconds) {
  /* 15 USC 260a: from the second Sunday of March to the first Sunday of November, each at 2:00 local time. */
  int year, month, day;
  ask_date_to_civil(floor_div(unix_seconds, SECONDS_A_DAY), &year, &month, &day);
  int64_t summer_starts = nth_sunday(year, 3, 2) * SECONDS_A_DAY + 7 * SECONDS_AN_HOUR; /* 2:00 EST */
  int64_t summer_ends = nth_sunday(year, 11, 1) * SECONDS_A_DAY + 6 * SECONDS_AN_HOUR;  /* 2:00 EDT */
  bool summer = unix_seconds >= summer_starts && unix_seconds < summer_ends;
  int64_t behind = (summer ? 4 : 5) * (int64_t)SECONDS_AN_HOUR;
  return unix_seconds < INT64_MIN + behind ? INT64_MIN : unix_seconds - behind;
}

int64_t ask_date_in_new_york(int64_t unix_seconds) {
  return floor_div(ask_seconds_in_new_york(unix_seconds), SECONDS_A_DAY);
}
