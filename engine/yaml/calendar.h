/* plugins/<pack>/shared/holidays.yaml: the days on which offices are closed, for business_days(n).
 *
 *   source: what the days follow from
 *   complete_from: 2024-01-01        # the table is complete between these days
 *   complete_until: 2028-12-31
 *   holidays: {2026-01-01: New Year's Day, ...}
 */
#ifndef ASK_YAML_CALENDAR_H
#define ASK_YAML_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/spec.h"

/* Reads a calendar into the arena; holidays are sorted by date. `path` is for messages. False after adding at least one
 * error; *ret is then untouched. */
bool ask_yaml_calendar(struct ask_arena *arena, const char *path, const char *bytes, size_t length,
                       struct ask_calendar_spec *ret, struct ask_problems *problems);

#endif
