/* Putting the server together, and ending it without losing a request. */
#include "http/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/clock.h"
#include "http/daemon.h"
#include "http/listen.h"
#include "http/routes.h"
#include "http/state.h"
#include "http/wait.h"
#include "service/file.h"
#include "service/keys.h"

enum {
  POOL_THREADS = 8,
  SIGN_IN_THREADS = 2,     /* as many passwords are hashed at once */
  SIGN_INS_PER_SECOND = 1, /* failed ones, of one address */
  SIGN_INS_AT_ONCE = 20,
  FAILURES_PER_SECOND = 20, /* of one address */
  STEP = 5000,              /* microseconds between two looks while draining */
  LATE = 100000, /* for which nothing may be under way before the end: what was just being sent is answered */
  LINGER_BYTES = 32 << 20,
  PEM_LIMIT = 1 << 20,
};

/* ---- small things -------------------------------------------------------------------------------------------------- */

static uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

void ask_server_id(struct ask_server *server, char ret_text[ASK_UUID_TEXT]) {
  uint64_t number = atomic_fetch_add_explicit(&server->numbers, 1, memory_order_relaxed);
  uint64_t noise[2] = {mixed(server->seed[0] + number * 0x9e3779b97f4a7c15u), mixed(server->seed[1] ^ number)};
  unsigned char random[10];
  memcpy(random, noise, sizeof random);
  struct ask_uuid id = ask_uuid_v7(ask_wall(), random);
  ask_uuid_text(&id, ret_text);
}

void ask_server_log(struct ask_server *server, const char *level, const char *event, ...) {
  if (!server) return;
  va_list words;
  va_start(words, event);
  ask_log_event(server->log, level, event, words);
  va_end(words);
}

void ask_server_log_fields(struct ask_server *server, const char *level, const char *event, const char *fields) {
  if (server) ask_log_fields(server->log, level, event, fields);
}

void ask_server_count_reload(struct ask_server *server, bool swapped) {
  if (server) ask_metrics_count(server->metrics, swapped ? ASK_COUNT_RELOADED : ASK_COUNT_RELOAD_REFUSED);
}

int ask_server_port(const struct ask_server *server) { return server->port; }

void ask_server_unref(struct ask_server *server) {
  if (atomic_fetch_sub(&server->references, 1) != 1) return;
  ask_requests_free(server);
  ask_buffer_free(&server->message);
  pthread_mutex_destroy(&server->spare_lock);
  pthread_mutex_destroy(&server->waiting_lock);
  pthread_mutex_destroy(&server->message_lock);
  free(server);
}

/* ---- starting ------------------------------------------------------------------------------------------------------ */

/* The text of a PEM file, in the problems' arena; NULL after adding a problem. */
static const char *read_pem(const char *setting, const char *path, const char *hint, struct ask_problems *problems) {
  struct ask_bytes bytes = ask_file_read(problems->arena, path, PEM_LIMIT, problems);
  if (!bytes.bytes) return NULL;
  if (strstr(bytes.bytes, "-----BEGIN ")) return bytes.bytes;
  ask_problem_add(problems, ASK_ERROR, "not-pem", ASK_NOWHERE, setting, hint, "%s is no PEM file", path);
  return NULL;
}

static struct ask_server *server_new(const struct ask_server_options *options) {
  struct ask_server *server = calloc(1, sizeof *server);
  if (!server) abort();
  const struct ask_config *config = options->config;
  server->config = config;
  server->intake = options->intake;
  server->app = options->app;
  server->store = options->store;
  server->writer = options->writer;
  server->remote = options->store && ask_store_is_remote(options->store);
  server->tls = config->tls_certificate != NULL;
  server->started = ask_wall() / 1000;
  struct ask_uuid a = ask_uuid_new(), b = ask_uuid_new();
  memcpy(&server->seed[0], a.bytes + 8, 8);
  memcpy(&server->seed[1], b.bytes + 8, 8);
  atomic_init(&server->references, 1);
  atomic_init(&server->pinged, INT64_MIN / 2);
  pthread_mutex_init(&server->spare_lock, NULL);
  pthread_mutex_init(&server->waiting_lock, NULL);
  pthread_mutex_init(&server->message_lock, NULL);
  server->log = ask_log_open(options->log_file, config->log);
  server->metrics = ask_metrics_new(ask_route_count);
  server->failures = ask_limit_new(FAILURES_PER_SECOND, FAILURES_PER_SECOND);
  if (server->app) server->sign_ins = ask_limit_new(SIGN_INS_PER_SECOND, SIGN_INS_AT_ONCE);
  if (config->requests_per_second > 0)
    server->rates =
        ask_limit_new(config->requests_per_second, config->burst > 0 ? config->burst : 2 * config->requests_per_second);
  server->openapi = ask_openapi_new(options->intake);
  return server;
}

/* Ends what runs, in the order in which nothing speaks to what has gone. */
static void server_end(struct ask_server *server) {
  ask_door_empty(server->door);
  ask_wait_cut(server);
  server->pool = ask_pool_stop(server->pool);
  server->sign_in_pool = ask_pool_stop(server->sign_in_pool);
  ask_daemon_stop(server);
}

static void server_free(struct ask_server *server) {
  ask_door_close(server->door);
  ask_peers_stop(server->peers);
  ask_tally_free(server->tally);
  ask_openapi_free(server->openapi);
  ask_limit_free(server->rates);
  ask_limit_free(server->failures);
  ask_limit_free(server->sign_ins);
  ask_metrics_free(server->metrics);
  ask_log_close(server->log);
  ask_server_unref(server);
}

/* ---- the door ---- */

static bool is_room(void *context, size_t waiting) {
  struct ask_server *server = context;
  return ask_peers_count(server->peers) + waiting < (size_t)server->config->connections;
}

static void enter(void *context, int socket, const struct sockaddr *address, socklen_t length, uint64_t consumed) {
  struct ask_server *server = context;
  if (consumed) ask_peers_expect(server->peers, socket, consumed);
  ask_daemon_add(server, socket, address, length);
}

static bool park(void *context, int socket, uint64_t consumed) {
  struct ask_server *server = context;
  return !atomic_load(&server->draining) && ask_door_park(server->door, socket, consumed);
}

static void refuse(void *context, int socket, enum ask_door_why why) {
  static const struct {
    enum ask_refused why;
    const char *detail;
  } words[] = {
      [ASK_DOOR_FULL] = {ASK_REFUSED_BUSY, "Too many connections are open. Try again."},
      [ASK_DOOR_ADDRESS_FULL] = {ASK_REFUSED_RATE, "Too many connections of this address are open."},
  };
  struct ask_server *server = context;
  char reply[ASK_LAST_WORDS], id[ASK_UUID_TEXT];
  ask_metrics_count(server->metrics, why == ASK_DOOR_FULL ? ASK_COUNT_FULL : ASK_COUNT_THROTTLED_ADDRESS);
  if (!server->tls) {
    ask_server_id(server, id);
    ask_peer_say(socket, reply, ask_problem_last_words(reply, words[why].why, words[why].detail, id));
    shutdown(socket, SHUT_WR);
    ask_peers_linger(server->peers, socket);
  }
  close(socket);
}

static void complain(void *context, const char *message) {
  ask_server_log(context, "error", "no-connection", "message", message, NULL);
}

/* ---- starting ---- */

static bool start_parts(struct ask_server *server, int listener, const char *certificate, const char *key) {
  const struct ask_config *config = server->config;
  int64_t request = config->request_seconds * 1000000, idle = config->idle_seconds * 1000000;
  server->tally = ask_tally_new((size_t)config->connections_per_address);
  server->peers =
      ask_peers_start(&(struct ask_peers_options){.request_microseconds = request,
                                                  .reply_microseconds = request > idle ? request : idle,
                                                  .linger_bytes = LINGER_BYTES,
                                                  .tls = server->tls,
                                                  .metrics = server->metrics,
                                                  .tally = server->tally,
                                                  .park_microseconds = ask_daemon_park_seconds(server) * 1000000,
                                                  .park = park,
                                                  .context = server});
  bool pooled = server->remote || server->app;
  if (pooled) server->pool = ask_pool_start(POOL_THREADS);
  if (server->app) server->sign_in_pool = ask_pool_start(SIGN_IN_THREADS);
  server->door = ask_door_new(&(struct ask_door_options){.listener = listener,
                                                         .tally = server->tally,
                                                         .idle_microseconds = idle,
                                                         .is_room = is_room,
                                                         .enter = enter,
                                                         .refuse = refuse,
                                                         .complain = complain,
                                                         .context = server});
  bool pools = (server->pool || !pooled) && (server->sign_in_pool || !server->app);
  return server->peers && pools && ask_daemon_start(server, certificate, key) && ask_door_open(server->door);
}

static bool start(struct ask_server *server, struct ask_problems *problems) {
  const struct ask_config *config = server->config;
  const char *certificate = NULL, *key = NULL;
  if (server->tls) {
    certificate = read_pem("tls.certificate", config->tls_certificate,
                           "it has to hold the certificate and its chain, -----BEGIN CERTIFICATE-----", problems);
    key = read_pem("tls.key", config->tls_key ? config->tls_key : "",
                   "it has to hold the private key, -----BEGIN PRIVATE KEY-----", problems);
    if (!certificate || !key) return false;
  }
  int listener = ask_listen(config->host, config->port, &server->port, problems);
  if (listener < 0) return false;
  if (start_parts(server, listener, certificate, key)) return true;
  close(listener);
  ask_problem_add(problems, ASK_ERROR, "no-server", ASK_NOWHERE, NULL,
                  server->tls ? "do tls.certificate and tls.key belong together, and are they PEM?"
                              : "may this process have more threads and files?",
                  "the HTTP library does not start: %s",
                  server->message.length ? server->message.bytes : "no thread to be had");
  return false;
}

struct ask_server *ask_server_start(const struct ask_server_options *options, struct ask_problems *problems) {
  struct ask_server *server = server_new(options);
  if (start(server, problems)) return server;
  server_end(server);
  server_free(server);
  return NULL;
}

/* ---- ending -------------------------------------------------------------------------------------------------------- */

/* Until nothing was under way for a moment, or time is up. Returns how many requests were. */
static size_t wait_for_requests(struct ask_server *server) {
  int64_t now = ask_ticks(), end = now + server->config->drain_seconds * 1000000, quiet = now;
  long under_way;
  for (;;) {
    under_way = atomic_load(&server->in_flight);
    now = ask_ticks();
    if (under_way > 0) quiet = now;
    if (now - quiet >= LATE || (now >= end && under_way > 0)) break;
    usleep(STEP);
  }
  return under_way > 0 ? (size_t)under_way : 0;
}

size_t ask_server_stop(struct ask_server *server) {
  if (!server) return 0;
  atomic_store(&server->draining, true);
  ask_door_shut(server->door);
  size_t cut_off = wait_for_requests(server);
  server_end(server);
  char count[24];
  snprintf(count, sizeof count, "%zu", cut_off);
  ask_server_log(server, cut_off ? "warning" : "info", "stopped", "cut_off", count, NULL);
  server_free(server);
  return cut_off;
}
