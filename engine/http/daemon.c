/* Libmicrohttpd: its options, and its callbacks, which hand over to run.c. It takes no connections itself (door.c does), and
 * polls: docs/adr/0008-http.md. */
#define _GNU_SOURCE 1 /* sched_getaffinity */
#include "http/daemon.h"

#include <microhttpd.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "http/clock.h"
#include "http/run.h"
#include "http/state.h"

enum {
  HEADER_SPARE = 4096, /* for libmicrohttpd's records of the headers, and those of the reply */
  PARK_SECONDS = 3,
};

/* ---- callbacks -------------------------------------------------------------------------------------- */

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
    ask_run_drop(server, *peer);
    ask_peer_close(server->peers, *peer);
    *peer = NULL;
  }
}

int64_t ask_daemon_park_seconds(const struct ask_server *server) {
  return !server->tls && server->config->idle_seconds > PARK_SECONDS ? PARK_SECONDS : 0;
}

/* Between two requests a connection is given up soon, to be parked; during one the setting counts. */
static void set_patience(struct ask_server *server, struct MHD_Connection *connection, bool between) {
  if (!ask_daemon_park_seconds(server)) return;
  unsigned seconds = between ? PARK_SECONDS : (unsigned)server->config->idle_seconds;
  MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

static void *on_first_line(void *context, const char *uri, struct MHD_Connection *connection) {
  set_patience(context, connection, false);
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
  if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK) set_patience(context, connection, true);
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

/* ---- starting and ending -------------------------------------------------------------------------------------------- */

static unsigned processors(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return count > 0 ? (unsigned)count : 1;
}

bool ask_daemon_start(struct ask_server *server, const char *certificate, const char *key) {
  const struct ask_config *config = server->config;
  int64_t park = ask_daemon_park_seconds(server);
  unsigned threads = config->threads > 0 ? (unsigned)config->threads : processors();
  struct MHD_OptionItem options[12];
  int count = 0;
  if (threads > 1) options[count++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL};
  if (server->tls) {
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)certificate};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key};
  }
  options[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
  unsigned flags =
      MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  /* turbo: the socket is closed without ending the connection, which may go on under another descriptor */
  flags |= server->tls ? MHD_USE_TLS : MHD_USE_TURBO;
  server->daemon = MHD_start_daemon(
      flags, 0, NULL, NULL, on_step, server, MHD_OPTION_EXTERNAL_LOGGER, on_message, server,
      MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, server, MHD_OPTION_URI_LOG_CALLBACK, on_first_line, server,
      MHD_OPTION_NOTIFY_COMPLETED, on_end, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, 2 * (unsigned)config->connections /* the door counts; each thread has a share */,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)config->header_bytes + HEADER_SPARE, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned)(park ? park : config->idle_seconds), MHD_OPTION_ARRAY, options, MHD_OPTION_END);
  pthread_mutex_lock(&server->message_lock);
  server->started_well = server->daemon != NULL;
  pthread_mutex_unlock(&server->message_lock);
  return server->daemon != NULL;
}

void ask_daemon_add(struct ask_server *server, int socket, const struct sockaddr *address, socklen_t length) {
  unsigned char who[16];
  if (MHD_add_connection(server->daemon, socket, address, length) == MHD_YES) return;
  ask_address_read(address, who); /* it closed the socket */
  ask_tally_leave(server->tally, who);
}

void ask_daemon_stop(struct ask_server *server) {
  if (server->daemon) MHD_stop_daemon(server->daemon);
  server->daemon = NULL;
}
