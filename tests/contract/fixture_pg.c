/* PostgreSQL for the tests. Speaks libpq by itself: what is tested must not set up its own tests. */
#include "contract/fixture_pg.h"

#include <check.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void no_notice(void *context, const char *message) {
  (void)context;
  (void)message;
}

static PGconn *connect_to(const char *url) {
  PGconn *connection = PQconnectdb(url);
  PQsetNoticeProcessor(connection, no_notice, NULL);
  if (PQstatus(connection) == CONNECTION_OK) return connection;
  fprintf(stderr, "fixture_pg: %s", PQerrorMessage(connection));
  PQfinish(connection);
  return NULL;
}

bool fixture_pg_sql(const char *url, const char *sql) {
  PGconn *connection = connect_to(url);
  if (!connection) return false;
  PGresult *result = PQexec(connection, sql);
  ExecStatusType kind = PQresultStatus(result);
  bool good = kind == PGRES_COMMAND_OK || kind == PGRES_TUPLES_OK;
  if (!good) fprintf(stderr, "fixture_pg: %s", PQerrorMessage(connection));
  PQclear(result);
  PQfinish(connection);
  return good;
}

long long fixture_pg_number(const char *url, const char *sql) {
  PGconn *connection = connect_to(url);
  if (!connection) return -1;
  PGresult *result = PQexec(connection, sql);
  long long number = -1;
  if (PQresultStatus(result) != PGRES_TUPLES_OK)
    fprintf(stderr, "fixture_pg: %s", PQerrorMessage(connection));
  else if (PQntuples(result) && !PQgetisnull(result, 0, 0))
    number = atoll(PQgetvalue(result, 0, 0));
  PQclear(result);
  PQfinish(connection);
  return number;
}

bool fixture_pg_terminate(const char *url) {
  return fixture_pg_sql(url, "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                             "where pid <> pg_backend_pid() and backend_type = 'client backend'");
}

/* ---- clusters ---- */

static const char *binary_folder(void) {
  const char *folder = getenv("BINARY_DIR");
  return folder ? folder : "build/dev";
}

static bool read_url(const char *folder, char *ret_url, size_t size) {
  char path[PG_URL];
  snprintf(path, sizeof path, "%s/url", folder);
  FILE *file = fopen(path, "r");
  bool good = file && fgets(ret_url, (int)size, file);
  if (file) fclose(file);
  if (good)
    ret_url[strcspn(ret_url, "\n")] = '\0';
  else
    fprintf(stderr, "fixture_pg: there is no %s: run tests/contract/cluster.sh start %s\n", path, folder);
  return good;
}

bool fixture_pg_control(const char *name, const char *action) {
  char script[PG_URL], folder[PG_URL];
  snprintf(script, sizeof script, "%s/tests/contract/cluster.sh", TEST_SOURCE_DIR);
  snprintf(folder, sizeof folder, "%s/%s", binary_folder(), name);
  pid_t child = fork();
  if (child == 0) {
    if (freopen("/dev/null", "w", stdout)) execl("/bin/bash", "bash", script, action, folder, (char *)NULL);
    _exit(127);
  }
  int how = 0;
  return child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

bool fixture_pg_start(const char *name, char *ret_url, size_t size) {
  char folder[PG_URL];
  snprintf(folder, sizeof folder, "%s/%s", binary_folder(), name);
  return fixture_pg_control(name, "start") && read_url(folder, ret_url, size);
}

bool fixture_pg_fresh_url_in(const char *cluster_url, const char *more, char *ret_url, size_t size) {
  static atomic_uint made;
  char schema[64], sql[128], options[PG_URL] = "", *end = options;
  snprintf(schema, sizeof schema, "t%ld_%u_%lld", (long)getpid(), atomic_fetch_add(&made, 1), (long long)time(NULL));
  snprintf(sql, sizeof sql, "create schema %s", schema);
  if (!fixture_pg_sql(cluster_url, sql)) return false;
  /* Percent-encoded, as options in a url are. */
  for (const char *c = more ? more : ""; *c && end < options + sizeof options - 4; c++)
    end += snprintf(end, 4, *c == ' ' ? "%%20" : *c == '=' ? "%%3D" : "%c", *c);
  return (size_t)snprintf(ret_url, size, "%s&options=-csearch_path%%3D%s%s%s", cluster_url, schema,
                          *options ? "%20" : "", options) < size;
}

bool fixture_pg_fresh_url(char *ret_url, size_t size) {
  char folder[PG_URL], url[PG_URL];
  const char *given = getenv("ASK_PG_FOLDER");
  snprintf(folder, sizeof folder, "%s%s", given ? given : binary_folder(), given ? "" : "/pg");
  return read_url(folder, url, sizeof url) && fixture_pg_fresh_url_in(url, NULL, ret_url, size);
}

/* ---- what is written ---- */

double pg_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct ask_uuid pg_id(void) {
  unsigned char random[10];
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (getrandom(random, sizeof random, 0) != sizeof random) abort();
  return ask_uuid_v7((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, random);
}

struct ask_write pg_write(const struct ask_uuid *partner, const struct ask_uuid *assessment, int number,
                          const char *idempotency) {
  static const char answers[] = "{\"dob\":\"1944-03-02\"}", result[] = "{\"programs\":[]}";
  static _Atomic int64_t at = 1700000000000000;
  struct ask_write write = {.revision = {.assessment = *assessment,
                                         .partner = *partner,
                                         .key = *partner,
                                         .number = number,
                                         .at = atomic_fetch_add(&at, 1),
                                         .as_of = 20000,
                                         .answers = {answers, sizeof answers - 1},
                                         .result = {result, sizeof result - 1}}};
  memset(write.revision.rules, 'a', ASK_HASH_TEXT - 1);
  if (idempotency) write.idempotency_key = (struct ask_text){idempotency, strlen(idempotency)};
  return write;
}

struct ask_store *pg_open(const char *url, int busy_seconds) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_store_options options = {.create = true, .busy_seconds = busy_seconds};
  struct ask_store *store = ask_store_open(url, &options, &problems);
  if (!store) ck_abort_msg("%s: %s", problems.list[0].code, problems.list[0].message);
  ask_arena_free(arena);
  return store;
}
