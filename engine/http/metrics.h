/* What the server counts, and its text for Prometheus. Labels have a fixed set of values: templates of routes, five
 * methods, a table of statuses; nothing that a client sends becomes one. */
#ifndef ASK_HTTP_METRICS_H
#define ASK_HTTP_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct ask_server;

struct ask_metrics;
/* routes: how many there are; the one after the last counts what has no route. */
struct ask_metrics *ask_metrics_new(size_t routes);
/* Returns NULL. */
struct ask_metrics *ask_metrics_free(struct ask_metrics *metrics);

/* A request is answered, or gone. route: row of the table; method: enum ask_method. */
void ask_metrics_request(struct ask_metrics *metrics, size_t route, unsigned method, unsigned status,
                         int64_t microseconds, uint64_t received, uint64_t sent);

enum ask_count {
  ASK_COUNT_AUTHENTICATION_FAILED,
  ASK_COUNT_THROTTLED_ADDRESS,
  ASK_COUNT_THROTTLED_KEY,
  ASK_COUNT_FULL, /* connections turned away because there were too many */
  ASK_COUNT_SLOW, /* requests cut off because they came too slowly */
  ASK_COUNT_RELOADED,
  ASK_COUNT_RELOAD_REFUSED,
  ASK_COUNT_LIBRARY, /* messages of libmicrohttpd */
  ASK_COUNTS,
};
void ask_metrics_count(struct ask_metrics *metrics, enum ask_count which);

/* The whole text, version 0.0.4 of the format. */
void ask_metrics_write(struct ask_server *server, struct ask_buffer *buffer);

#endif
