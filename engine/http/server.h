/* The HTTP server: libmicrohttpd with a pool of threads (poll, not epoll: docs/adr/0008-http.md). The one header of
 * http/ that the command sees, beside assets.h. Routes are one file each (route_*.c) and one row of the table in routes.c. */
#ifndef ASK_HTTP_SERVER_H
#define ASK_HTTP_SERVER_H

#include "service/app.h"
#include "service/config.h"
#include "service/intake.h"

struct ask_server;
struct ask_server_options {
  const struct ask_config *config;
  struct ask_intake *intake;
  struct ask_app *app;       /* NULL: no pages, the API alone */
  struct ask_store *store;   /* for its kind; NULL: none */
  struct ask_writer *writer; /* for its counts; NULL: none */
  int log_file;              /* file descriptor of the structured log (JSON lines); -1: none */
};
/* Listens. Borrows what the options name. NULL after adding a problem (the port is taken, the address is not ours). */
struct ask_server *ask_server_start(const struct ask_server_options *options, struct ask_problems *problems);
int ask_server_port(const struct ask_server *server);
/* Takes no more connections, lets every request under way be answered (at most config->drain_seconds), closes. Returns how many
 * requests were cut off. NULL is fine. */
size_t ask_server_stop(struct ask_server *server);
/* A line of the structured log: event and "key", "value" pairs of texts, ended by NULL. */
void ask_server_log(struct ask_server *server, const char *level, const char *event, ...);
/* The same with fields that are JSON already, as struct ask_app_options has them. */
void ask_server_log_fields(struct ask_server *server, const char *level, const char *event, const char *fields);
/* For /metrics: a reload happened. */
void ask_server_count_reload(struct ask_server *server, bool swapped);

#endif
