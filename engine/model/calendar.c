/* Deadlines: hours, calendar days and business days from the day of the assessment. */
#include "base/date.h"
#include "model/workspace.h"

int64_t ask_deadline(const struct ask_pack *pack, int64_t as_of, const struct ask_duration_spec *within) {
  if (within->unit == ASK_HOURS) return as_of + (within->count + 23) / 24;
  if (within->unit != ASK_BUSINESS_DAYS) return as_of + within->count;
  return ask_date_add_business_days(as_of, within->count, pack->holidays.list, pack->holidays.count);
}
