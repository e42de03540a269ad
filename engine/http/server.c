/* Putting libmicrohttpd's daemon together with the rest, its callbacks, and ending it without losing a request. */
#define _GNU_SOURCE 1 /* sched_getaffinity */
#include "http/server.h"

#include <microhttpd.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/clock.h"
#include "http/listen.h"
#include "http/routes.h"
#include "http/run.h"
#include "http/state.h"
#include "http/wait.h"
#include "service/file.h"
#include "service/keys.h"

enum {
  POOL_THREADS = 8,
  FAILURES_PER_SECOND = 20, /* of one address */
  STEP = 5000,              /* microseconds between two looks while draining */
  LATE = 100000, /* for which nothing may be under way before the end: what was just being sent is answered */
  LINGER_BYTES = 32 << 20,
  PEM_LIMIT = 1 << 20,
  HEADER_SPARE = 4096, /* for libmicrohttpd's records of the headers, and those of the reply */
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

/* ---- what libmicrohttpd calls -------------------------------------------------------------------------------------- */

static struct ask_peer *peer_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **peer,
                          enum MHD_ConnectionNotificationCode code) {
  struct ask_server *server = context;
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const union MHD_ConnectionInfo *socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *peer = ask_peer_open(server->peers, socket->connect_fd, address ? address->client_addr : NULL);
  } else if (*peer) {
    ask_peer_close(server->peers, *peer);
    *peer = NULL;
  }
}

static void *on_first_line(void *context, const char *uri, struct MHD_Connection *connection) {
  return ask_run_first_line(context, peer_of(connection), uri, connection);
}

static enum MHD_Result on_step(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *part, size_t *length, void **request) {
  (void)context;
  (void)url; /* the target was taken apart when the first line came */
  struct ask_peer *peer = peer_of(connection);
  if (!*request || !peer || peer->abandoned || atomic_load(&peer->phase) == ASK_PEER_CUT) return MHD_NO;
  bool good = ask_run_step(*request, method, version, part, *length);
  *length = 0;
  return good ? MHD_YES : MHD_NO;
}

static void on_end(void *context, struct MHD_Connection *connection, void **request,
                   enum MHD_RequestTerminationCode code) {
  struct ask_peer *peer = peer_of(connection);
  if (!*request || !peer) return;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
  ask_run_end(context, peer, *request, info ? info->http_status : 0, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
  *request = NULL;
}

/* Path and query are decoded by ours: libmicrohttpd would make a %00 the end of a path. */
static size_t leave_escapes(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return strlen(text);
}

/* Before it runs, its words are the reason why it does not. Afterwards they are about clients and may quote paths, which
 * hold identifiers: only what kind of complaint it is gets logged, and not often. */
static void on_message(void *context, const char *format, va_list words) {
  struct ask_server *server = context;
  pthread_mutex_lock(&server->message_lock);
  if (!server->started_well) {
    char text[512];
    vsnprintf(text, sizeof text, format, words);
    text[strcspn(text, "\n")] = '\0';
    ask_buffer_clear(&server->message);
    ask_buffer_puts(&server->message, text);
    pthread_mutex_unlock(&server->message_lock);
    return;
  }
  int64_t now = ask_ticks();
  bool about_us = strstr(format, "accept") || strstr(format, "resource") || strstr(format, "limit") ||
                  strstr(format, "memory") || strstr(format, "poll failed");
  bool say = about_us && now - server->message_at > 1000000;
  if (say) server->message_at = now;
  pthread_mutex_unlock(&server->message_lock);
  ask_metrics_count(server->metrics, ASK_COUNT_LIBRARY);
  char text[256];
  snprintf(text, sizeof text, "%.*s", (int)strcspn(format, "\n"), format);
  if (say) ask_server_log(server, "warning", "http-library", "message", text, NULL);
}

/* ---- starting ------------------------------------------------------------------------------------------------------ */

static unsigned processors(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return count > 0 ? (unsigned)count : 1;
}

/* The text of a PEM file, in the problems' arena; NULL after adding a problem. */
static const char *read_pem(const char *setting, const char *path, const char *hint, struct ask_problems *problems) {
  struct ask_bytes bytes = ask_file_read(problems->arena, path, PEM_LIMIT, problems);
  if (!bytes.bytes) return NULL;
  if (strstr(bytes.bytes, "-----BEGIN ")) return bytes.bytes;
  ask_problem_add(problems, ASK_ERROR, "not-pem", ASK_NOWHERE, setting, hint, "%s is no PEM file", path);
  return NULL;
}

static bool start_daemon(struct ask_server *server, const char *certificate, const char *key) {
  const struct ask_config *config = server->config;
  unsigned threads = config->threads > 0 ? (unsigned)config->threads : processors();
  struct MHD_OptionItem options[12];
  int count = 0;
  if (threads > 1) options[count++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL};
  if (config->connections_per_address > 0)
    options[count++] =
        (struct MHD_OptionItem){MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)config->connections_per_address, NULL};
  if (server->tls) {
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)certificate};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key};
  }
  options[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
  unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  if (server->tls) flags |= MHD_USE_TLS;
  server->daemon = MHD_start_daemon(
      flags, 0, NULL, NULL, on_step, server, MHD_OPTION_EXTERNAL_LOGGER, on_message, server, MHD_OPTION_LISTEN_SOCKET,
      server->listener, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, server, MHD_OPTION_URI_LOG_CALLBACK, on_first_line,
      server, MHD_OPTION_NOTIFY_COMPLETED, on_end, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)config->connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)config->header_bytes + HEADER_SPARE, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)config->idle_seconds,
      MHD_OPTION_ARRAY, options, MHD_OPTION_END);
  pthread_mutex_lock(&server->message_lock);
  server->started_well = server->daemon != NULL;
  pthread_mutex_unlock(&server->message_lock);
  return server->daemon != NULL;
}

static struct ask_server *server_new(const struct ask_server_options *options) {
  struct ask_server *server = calloc(1, sizeof *server);
  if (!server) abort();
  const struct ask_config *config = options->config;
  server->config = config;
  server->intake = options->intake;
  server->store = options->store;
  server->writer = options->writer;
  server->remote = options->store && ask_store_is_remote(options->store);
  server->tls = config->tls_certificate != NULL;
  server->listener = -1;
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
  if (config->requests_per_second > 0)
    server->rates =
        ask_limit_new(config->requests_per_second, config->burst > 0 ? config->burst : 2 * config->requests_per_second);
  server->openapi = ask_openapi_new(options->intake);
  return server;
}

/* Everything but the daemon. */
static void server_free(struct ask_server *server) {
  ask_pool_stop(server->pool);
  ask_peers_stop(server->peers);
  ask_openapi_free(server->openapi);
  ask_limit_free(server->rates);
  ask_limit_free(server->failures);
  ask_metrics_free(server->metrics);
  ask_log_close(server->log);
  if (server->listener >= 0) close(server->listener);
  ask_server_unref(server);
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
  server->listener = ask_listen(config->host, config->port, &server->port, problems);
  int64_t request = config->request_seconds * 1000000, idle = config->idle_seconds * 1000000;
  bool started = false;
  if (server->listener >= 0) {
    server->peers = ask_peers_start(&(struct ask_peers_options){.request_microseconds = request,
                                                                .reply_microseconds = request > idle ? request : idle,
                                                                .linger_bytes = LINGER_BYTES,
                                                                .tls = server->tls,
                                                                .metrics = server->metrics});
    if (server->remote) server->pool = ask_pool_start(POOL_THREADS);
    started = server->peers && (server->pool || !server->remote) && start_daemon(server, certificate, key);
    if (!started)
      ask_problem_add(problems, ASK_ERROR, "no-server", ASK_NOWHERE, NULL,
                      server->tls ? "do tls.certificate and tls.key belong together, and are they PEM?"
                                  : "may this process have more threads and files?",
                      "the HTTP library does not start: %s",
                      server->message.length ? server->message.bytes : "no thread to be had");
  }
  return started;
}

struct ask_server *ask_server_start(const struct ask_server_options *options, struct ask_problems *problems) {
  struct ask_server *server = server_new(options);
  if (start(server, problems)) return server;
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
  char id[ASK_UUID_TEXT];
  ask_server_id(server, id);
  atomic_store(&server->draining, true);
  int listener = MHD_quiesce_daemon(server->daemon);
  usleep(STEP); /* its threads leave the socket */
  if (listener >= 0) ask_listen_close(listener, server->tls, id);
  server->listener = -1;
  size_t cut_off = wait_for_requests(server);
  ask_wait_cut(server);
  server->pool = ask_pool_stop(server->pool);
  MHD_stop_daemon(server->daemon);
  char count[24];
  snprintf(count, sizeof count, "%zu", cut_off);
  ask_server_log(server, cut_off ? "warning" : "info", "stopped", "cut_off", count, NULL);
  server_free(server);
  return cut_off;
}
