/* The structured log: one line of JSON for each event, written by a thread of its own, so that a slow disk or terminal
 * never holds up a request. What does not fit the buffer is dropped, counted, and said. No answers, no bodies, no paths with
 * identifiers: the lines are put together from the fields named here and from nothing else. */
#ifndef ASK_HTTP_LOG_H
#define ASK_HTTP_LOG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/uuid.h"

struct ask_log;
/* file: descriptor; -1: no log. level: off, errors, info. Never NULL; whoever calls keeps the file open. */
struct ask_log *ask_log_open(int file, const char *level);
/* Writes what is waiting. Returns NULL. */
struct ask_log *ask_log_close(struct ask_log *log);
uint64_t ask_log_dropped(struct ask_log *log);

/* level: info, warning, error. words: "key", "value" pairs ended by NULL. */
void ask_log_event(struct ask_log *log, const char *level, const char *event, va_list words);

/* The same with fields that are JSON already: "count":3,"kind":"x" (may be empty). An event that is no word of a-z and - is
 * called app. */
void ask_log_fields(struct ask_log *log, const char *level, const char *event, const char *fields);

struct ask_log_request {
  const char *id, *method, *route; /* route: the template of the path, never the path */
  unsigned status;
  uint64_t bytes; /* of the reply's body */
  int64_t microseconds;
  const struct ask_uuid *key; /* NULL: none was known */
  bool cut;                   /* the connection went before the reply had gone */
};
void ask_log_request(struct ask_log *log, const struct ask_log_request *request);

#endif
