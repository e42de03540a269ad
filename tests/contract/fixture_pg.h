/* PostgreSQL for the tests: places in the cluster that all share, and clusters of a test's own. */
#ifndef TEST_FIXTURE_PG_H
#define TEST_FIXTURE_PG_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

enum { PG_URL = 512 };

/* A url that leads into a fresh, empty schema of the shared cluster (cluster.sh start, in $ASK_PG_FOLDER or else
 * $BINARY_DIR/pg). False after saying why on stderr. */
bool fixture_pg_fresh_url(char *ret_url, size_t size);
/* The same in any cluster. more: further options of the server, "-c deadlock_timeout=50ms", or NULL. */
bool fixture_pg_fresh_url_in(const char *cluster_url, const char *more, char *ret_url, size_t size);
/* One command, or several, as the cluster's superuser. False after saying why on stderr. */
bool fixture_pg_sql(const char *url, const char *sql);
/* The first column of the first row as a number; -1: no row, or it failed. */
long long fixture_pg_number(const char *url, const char *sql);
/* Ends all other connections that this cluster has. */
bool fixture_pg_terminate(const char *url);

/* cluster.sh ACTION for a cluster of the test's own, whose folder is $BINARY_DIR/NAME. start fills ret_url. */
bool fixture_pg_start(const char *name, char *ret_url, size_t size);
bool fixture_pg_control(const char *name, const char *action);

/* ---- what the PostgreSQL tests write ---- */
struct ask_uuid pg_id(void); /* a new one, of a client of its own */
/* Of that partner: revision `number` of the assessment. idempotency: NULL for none; borrowed. */
struct ask_write pg_write(const struct ask_uuid *partner, const struct ask_uuid *assessment, int number,
                          const char *idempotency);
/* Opened with create; ends the test when it cannot. busy_seconds as in the options. */
struct ask_store *pg_open(const char *url, int busy_seconds);
double pg_seconds(void); /* monotonic */

#endif
