/* A session's connection: made when first needed and again after it was lost, by the clock, through libpq's
 * asynchronous functions (the blocking ones wait for whole seconds an address, and for ever once connected).
 *
 * A database that is away must not cost every request its full wait: while one session finds out, and for a second
 * after it found out, the others are told at once. */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg/pg.h"

enum { SECOND = 1000000, KEYWORDS = 64, VALUE = 512 };

void ask_pg_start(struct ask_pg_session *session) {
  session->deadline = ask_pg_now() + session->store->wait;
  session->state[0] = '\0';
}

void ask_pg_start_long(struct ask_pg_session *session) {
  ask_pg_start(session);
  session->deadline = INT64_MAX / 2;
}

void ask_pg_disconnect(struct ask_pg_session *session) {
  PQfinish(session->connection);
  session->connection = NULL;
  session->prepared_count = 0;
}

int ask_pg_wait(int socket, short events, int64_t deadline) {
  int64_t left = deadline - ask_pg_now();
  if (left < 0) left = 0;
  /* Rounded up, or the last millisecond would be spent turning. Woken now and then: the clock may have been
   * suspended. */
  int64_t milliseconds = (left + 999) / 1000;
  struct pollfd wanted = {.fd = socket, .events = events};
  int ready = poll(&wanted, 1, milliseconds > 60000 ? 60000 : (int)milliseconds);
  return ready > 0 ? wanted.revents : 0;
}

/* ---- what is told to libpq ---- */

static const char *of_url(const struct ask_pg_store *store, const char *keyword) {
  for (const PQconninfoOption *option = store->url; option->keyword; option++)
    if (strcmp(option->keyword, keyword) == 0) return option->val && *option->val ? option->val : NULL;
  return NULL;
}

static size_t parts_of(const char *list) {
  size_t count = 1;
  for (; list && *list; list++) count += *list == ',';
  return count;
}

/* The n-th part of a list with commas; a list of one part is for all. */
static const char *part_of(const char *list, size_t n, char *room) {
  if (parts_of(list) == 1) return list;
  for (; n; n--) list += strcspn(list, ",") + 1;
  snprintf(room, VALUE, "%.*s", (int)strcspn(list, ","), list);
  return room;
}

/* Settings of the session in the server. Its own statement timeout comes a little before ours, so that a slow
 * statement ends with an answer and the connection stays; a lock's earlier still, so that what waits for it can be
 * set aside. */
static void server_options(const struct ask_pg_store *store, char *ret, size_t size) {
  const char *more = of_url(store, "options");
  int64_t wait = store->wait / 1000;
  snprintf(ret, size,
           "-c statement_timeout=%lld -c lock_timeout=%lld -c idle_in_transaction_session_timeout=%lld"
           " -c default_transaction_isolation=read\\ committed%s%s",
           (long long)(wait - wait / 10), (long long)(wait / 3), (long long)wait, more ? " " : "", more ? more : "");
}

/* Begins to connect to the n-th of the url's hosts. libpq would go through them by itself, but only its blocking
 * functions leave one that does not answer. */
static PGconn *begin(const struct ask_pg_store *store, size_t host) {
  static const char *const lists[] = {"host", "hostaddr", "port"};
  const char *keywords[KEYWORDS], *values[KEYWORDS];
  char parts[3][VALUE], milliseconds[24], *options = malloc(VALUE + strlen(of_url(store, "options") ?: ""));
  size_t count = 0;
  if (!options) abort();
  server_options(store, options, VALUE + strlen(of_url(store, "options") ?: ""));
  snprintf(milliseconds, sizeof milliseconds, "%lld", (long long)(store->wait / 1000));
  /* The later of two wins: ours, then the url's, then those that are not to be changed. */
  const char *const ours[][2] = {{"fallback_application_name", "askonce"},
                                 {"tcp_user_timeout", milliseconds},
                                 {"keepalives_idle", "10"},
                                 {"keepalives_interval", "3"},
                                 {"keepalives_count", "3"}};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
    keywords[count] = ours[i][0];
    values[count++] = ours[i][1];
  }
  for (const PQconninfoOption *option = store->url; option->keyword && count < KEYWORDS - 3; option++) {
    if (!option->val || !*option->val) continue;
    keywords[count] = option->keyword;
    values[count] = option->val;
    for (size_t i = 0; i < 3; i++)
      if (strcmp(option->keyword, lists[i]) == 0) values[count] = part_of(option->val, host, parts[i]);
    count++;
  }
  keywords[count] = "options", values[count++] = options;
  keywords[count] = "client_encoding", values[count++] = "UTF8";
  keywords[count] = NULL, values[count] = NULL;
  PGconn *connection = PQconnectStartParams(keywords, values, 0);
  free(options);
  if (!connection) abort(); /* out of memory */
  return connection;
}

static void no_notice(void *context, const char *message) {
  (void)context;
  (void)message;
}

/* One host, until `deadline`. NULL after writing a message. */
static PGconn *connect_host(struct ask_pg_session *session, size_t host, int64_t deadline) {
  PGconn *connection = begin(session->store, host);
  PQsetNoticeProcessor(connection, no_notice, NULL);
  PQsetErrorVerbosity(connection, PQERRORS_TERSE); /* no details, which may quote values */
  PostgresPollingStatusType state =
      PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  bool in_time = true;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    short events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    if (!ask_pg_wait(PQsocket(connection), events, deadline) && ask_pg_now() >= deadline) {
      in_time = false;
      break;
    }
    state = PQconnectPoll(connection);
  }
  if (state == PGRES_POLLING_OK) return connection;
  if (in_time)
    ask_pg_say(session, ASK_STORE_AWAY, "%s", PQerrorMessage(connection));
  else
    ask_pg_say(session, ASK_STORE_AWAY, "PostgreSQL did not answer in time");
  PQfinish(connection);
  return NULL;
}

/* Durable means on disk: a server or role that commits without waiting is told to wait. A stronger setting stays. */
static const struct ask_pg_statement wait_for_disk = {
    .sql = "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
    .takes = "",
    .gives = "t"};

static enum ask_store_status settle(struct ask_pg_session *session) {
  if (PQserverVersion(session->connection) < 140000) {
    ask_pg_say(session, ASK_STORE_AWAY, "PostgreSQL 14 or newer is needed, this one is %d",
               PQserverVersion(session->connection) / 10000);
    ask_pg_disconnect(session);
    return ASK_STORE_AWAY;
  }
  const struct ask_pg_statement *statement = &wait_for_disk;
  enum ask_store_status status = ask_pg_prepare(session, &statement, 1);
  if (status != ASK_STORE_OK) return status;
  if (!ask_pg_send(session, statement, NULL) || !ask_pg_sync(session)) return ASK_STORE_AWAY;
  struct pg_result *error = ask_pg_drain(session);
  if (error) status = ask_pg_failed(session, error);
  ask_pg_done(error);
  return session->connection ? status : ASK_STORE_AWAY;
}

/* A connection that the server closed while it was idle is noticed before anything is sent on it: then what was to
 * be sent is known not to have been done. */
static void drop_if_closed(struct ask_pg_session *session) {
  while (ask_pg_wait(PQsocket(session->connection), POLLIN, 0)) {
    if (!PQconsumeInput(session->connection)) {
      ask_pg_disconnect(session);
      return;
    }
  }
}

/* Whether this session may try now; it then has the others told "away" until it knows. */
static bool may_try(struct ask_pg_store *store, bool even_so) {
  int64_t now = ask_pg_now(), until = atomic_load(&store->away_until);
  if (until == 0 || even_so) return true;
  return now >= until && atomic_compare_exchange_strong(&store->away_until, &until, now + store->wait);
}

enum ask_store_status ask_pg_connect(struct ask_pg_session *session, bool even_so) {
  struct ask_pg_store *store = session->store;
  if (session->connection && !session->in_transaction) drop_if_closed(session);
  if (session->connection) return ASK_STORE_OK;
  session->state[0] = '\0';
  if (!may_try(store, even_so)) {
    return ask_pg_say(session, ASK_STORE_AWAY, "PostgreSQL could not be reached a moment ago");
  }
  size_t hosts = parts_of(of_url(store, "host"));
  if (parts_of(of_url(store, "hostaddr")) > hosts) hosts = parts_of(of_url(store, "hostaddr"));
  /* Reading much has no deadline, connecting for it has. */
  int64_t end = ask_pg_now() + store->wait;
  if (session->deadline < end) end = session->deadline;
  for (size_t host = 0; host < hosts && !session->connection; host++) {
    int64_t now = ask_pg_now();
    session->connection = connect_host(session, host, now + (end - now) / (int64_t)(hosts - host));
  }
  enum ask_store_status status = session->connection ? ASK_STORE_OK : ASK_STORE_AWAY;
  if (session->connection) {
    PQsetnonblocking(session->connection, 1);
    PQenterPipelineMode(session->connection);
    status = settle(session);
    if (status != ASK_STORE_OK) ask_pg_disconnect(session);
  }
  atomic_store(&store->away_until, status == ASK_STORE_OK ? 0 : ask_pg_now() + SECOND);
  return status;
}
