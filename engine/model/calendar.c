/* Deadlines: hours, calendar days and business days from the day of the assessment. */
#include <stdbool.h>

#include "base/date.h"
#include "model/workspace.h"

static bool is_holiday(const struct ask_calendar_spec *calendar, int64_t day) {
  for (size_t i = 0; calendar && i < calendar->count; i++)
    if (calendar->holidays[i].date == day) return true;
  return false;
}

int64_t ask_deadline(const struct ask_calendar_spec *calendar, int64_t as_of, const struct ask_duration_spec *within) {
  if (within->unit == ASK_HOURS) return as_of + (within->count + 23) / 24;
  if (within->unit != ASK_BUSINESS_DAYS) return as_of + within->count;
  int64_t day = as_of;
  for (int32_t left = within->count; left > 0;) {
    int weekday = ask_date_weekday(++day);
    if (weekday != 0 && weekday != 6 && !is_holiday(calendar, day)) left--;
  }
  return day;
}
