/* The server's settings: defaults, then a YAML file, then the environment, then the command line; each remembers where
 * it came from. One table in config.c names them all (docs/operator-guide.md has the same table). */
#ifndef ASK_SERVICE_CONFIG_H
#define ASK_SERVICE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"

struct ask_config {
  const char *host;                      /* listen.host: 127.0.0.1; ASKONCE_HOST, --host */
  int64_t port;                          /* listen.port: 8080; 0: any free one; ASKONCE_PORT, --port */
  const char *tls_certificate, *tls_key; /* tls.certificate, tls.key: PEM files; NULL: plain HTTP */
  const char *data;                      /* data: ./var; ASKONCE_VAR, --data */
  const char *store;                     /* store: sqlite:<data>/askonce.db; ASKONCE_STORE, --store */
  const char *forms, *plugins;           /* rules.forms, rules.plugins; NULL: found as by the command */
  const char *pack;                      /* rules.pack: all: the packs that are loaded */
  const char *default_packs;             /* rules.default_packs: asked when a request names none; NULL: nyc, else all */
  bool app;                              /* app.enabled: true: pages for workers, if there is a folder of them */
  const char *web;                       /* app.web: the folder; NULL: found as forms and plugins are */
  bool test_languages;                   /* app.test_languages: false: true offers those that are marked as tests too */
  int64_t threads;                       /* server.threads: 0 = one for each processor */
  int64_t connections;                   /* limits.connections: 8192 */
  int64_t connections_per_address;       /* limits.connections_per_address: 0 = no limit */
  int64_t body_bytes;                    /* limits.body_bytes: 1048576 */
  int64_t header_bytes;                  /* limits.header_bytes: 16384 */
  int64_t idle_seconds;                  /* limits.idle_seconds: 30: a connection on which nothing comes */
  int64_t request_seconds;               /* limits.request_seconds: 20: from a request's first byte to its last */
  int64_t requests_per_second;           /* limits.requests_per_second: 0 = no limit; of one key */
  int64_t burst;                         /* limits.burst: twice requests_per_second unless given */
  int64_t queue;                         /* limits.queued_writes: 4096: writes that may wait for the disk */
  int64_t drain_seconds;                 /* server.drain_seconds: 30 */
  int64_t account_idle_minutes;          /* accounts.idle_minutes: 30: a session without a request */
  int64_t account_session_hours;         /* accounts.session_hours: 12: from sign-in on */
  int64_t account_lockout_tries;         /* accounts.lockout_tries: 5: failures until a name is locked */
  int64_t account_lockout_seconds;       /* accounts.lockout_seconds: 60: for so long, then twice as long, ... */
  const char *log;                       /* log.level: off, errors, info (each request) */
};

enum ask_config_origin { ASK_FROM_DEFAULT, ASK_FROM_FILE, ASK_FROM_ENVIRONMENT, ASK_FROM_COMMAND };

/* One setting as `config show` prints it. */
struct ask_setting {
  const char *name;  /* listen.port */
  const char *value; /* in words; a store's password is hidden; NULL: not set */
  enum ask_config_origin origin;
  const char *where; /* askonce.yaml:3, ASKONCE_PORT, --port; NULL: default */
};

/* A word of the command line: name of the setting and its value. */
struct ask_config_word {
  const char *name, *value, *flag;
};

/* file NULL: $ASKONCE_CONFIG, else none. Every problem is named with its place (file:line:column, variable, flag), with
 * "did you mean" for unknown keys. False after adding problems. */
bool ask_config_read(struct ask_arena *arena, const char *file, const struct ask_config_word *words, size_t word_count,
                     struct ask_config *ret, const struct ask_setting **ret_settings, size_t *ret_count,
                     struct ask_problems *problems);
/* Whether it listens for this machine alone. */
bool ask_config_is_local(const struct ask_config *config);
/* {"settings": [{"name", "value", "from": "default" | "file" | "environment" | "command", "where"}]} */
void ask_config_write(struct ask_buffer *buffer, const struct ask_setting *settings, size_t count);
const char *ask_config_origin_text(enum ask_config_origin origin);

#endif
