/* Dates: days since 1970-01-01 in the proleptic Gregorian calendar. The clock is always passed in. */
#ifndef ASK_BASE_DATE_H
#define ASK_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 1800-01-01 .. 2299-12-31 are accepted; anything else is a slip of the pen. */
enum { ASK_DATE_MIN = -62091, ASK_DATE_MAX = 120529 };

/* Strict ISO 8601 calendar date, 2026-11-23, that exists. */
bool ask_date_read(const char *text, size_t length, int64_t *ret_days);
void ask_date_text(int64_t days, char ret_text[16]);
int64_t ask_date_from_civil(int year, int month, int day);
void ask_date_to_civil(int64_t days, int *ret_year, int *ret_month, int *ret_day);
int ask_date_weekday(int64_t days); /* 0 = Sunday .. 6 = Saturday */
/* Whole years from `from` to `to` (a birthday on 29 February is reached on 1 March in common years,
 * New York General Construction Law sec. 30 speaks of the calendar year; agencies follow the day itself). Negative if to < from. */
int64_t ask_date_years_between(int64_t from, int64_t to);
int64_t ask_date_months_between(int64_t from, int64_t to);
/* The same day `months` later, or the last day of that month when it has no such day. */
int64_t ask_date_add_months(int64_t days, int64_t months);
/* The nth business day after `days`, or before it when `count` is negative: Mondays to Fridays but for the holidays. 0: the day
 * itself, whatever it is. |count| is at most ASK_BUSINESS_DAYS_MAX, so that the walk is short. */
enum { ASK_BUSINESS_DAYS_MAX = 1000 };
int64_t ask_date_add_business_days(int64_t days, int64_t count, const int64_t *holidays, size_t holiday_count);
/* The date in New York at a moment (UTC seconds): Eastern time with the US daylight saving rule of 2007 (15 USC 260a). */
int64_t ask_date_in_new_york(int64_t unix_seconds);
/* The same moment as a clock on a wall there shows it, as if it were UTC. */
int64_t ask_seconds_in_new_york(int64_t unix_seconds);

#endif
