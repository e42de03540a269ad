/* The canonical line and the JSON reply of one W1 result. */
#include "result.h"

#include <string.h>

static const char *const PROGRAM_NAMES[W1_PROGRAMS] = {"snap", "aps", "hcsp"};
static const char *const STATUS_NAMES[] = {"eligible", "ineligible", "unknown"};

static char *put_text(char *at, const char *text) {
  size_t length = strlen(text);
  memcpy(at, text, length);
  return at + length;
}

static char *put_number(char *at, int number) { /* scores are never negative */
  char digits[12];
  size_t first = sizeof digits;
  unsigned rest = (unsigned)number;
  do digits[--first] = (char)('0' + rest % 10);
  while (rest /= 10);
  memcpy(at, digits + first, sizeof digits - first);
  return at + (sizeof digits - first);
}

size_t w1_canonical(const struct w1_result *result, char *ret_text) {
  char *at = ret_text;
  for (int k = 0; k < W1_PROGRAMS; k++) {
    const struct w1_determination *d = &result->program[k];
    if (k) *at++ = ';';
    at = put_text(at, PROGRAM_NAMES[k]);
    *at++ = ':';
    at = put_text(at, STATUS_NAMES[d->status]);
    *at++ = ':';
    at = put_number(at, d->score);
    *at++ = ':';
    for (int i = 0; i < d->reason_count; i++) {
      if (i) *at++ = ',';
      at = put_text(at, d->reasons[i]);
    }
  }
  *at++ = '\n';
  return (size_t)(at - ret_text);
}

size_t w1_json(const struct w1_result *result, char *ret_text) { /* no reason holds a character to escape */
  char *at = put_text(ret_text, "{\"results\":[");
  for (int k = 0; k < W1_PROGRAMS; k++) {
    const struct w1_determination *d = &result->program[k];
    at = put_text(at, k ? ",{\"program\":\"" : "{\"program\":\"");
    at = put_text(at, PROGRAM_NAMES[k]);
    at = put_text(at, "\",\"status\":\"");
    at = put_text(at, STATUS_NAMES[d->status]);
    at = put_text(at, "\",\"score\":");
    at = put_number(at, d->score);
    at = put_text(at, ",\"reasons\":[");
    for (int i = 0; i < d->reason_count; i++) {
      at = put_text(at, i ? ",\"" : "\"");
      at = put_text(at, d->reasons[i]);
      *at++ = '"';
    }
    at = put_text(at, "]}");
  }
  at = put_text(at, "]}");
  return (size_t)(at - ret_text);
}

long w1_checksum(const struct w1_result *result) {
  long sum = 0;
  for (int k = 0; k < W1_PROGRAMS; k++) sum += result->program[k].score + result->program[k].reason_count;
  return sum;
}
