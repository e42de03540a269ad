/* PostgreSQL: its cluster is restarted, killed (SIGKILL) and its connections ended while several threads write and read.
 * Every write that was answered with OK is there exactly once, none is lost; what is AWAY is answered in time; everything
 * comes back by itself. A cluster of its own. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/fixture_pg.h"

enum { WRITERS = 4, READERS = 2, GROUP = 16, BUSY = 2, KEPT = 200000 };
static const double slack = 2; /* seconds: a busy machine, sanitizers */
static const char cluster[] = "pg-outage";

static char cluster_url[PG_URL], url[PG_URL];
static struct ask_store *store;

static void start_cluster(void) {
  if (!fixture_pg_start(cluster, cluster_url, sizeof cluster_url)) abort();
}
static void stop_cluster(void) { fixture_pg_control(cluster, "stop"); }
static void set_up(void) {
  ck_assert(fixture_pg_control(cluster, "up"));
  ck_assert(fixture_pg_fresh_url_in(cluster_url, NULL, url, sizeof url));
  store = pg_open(url, BUSY);
}
static void tear_down(void) { store = ask_store_close(store); }

/* ---- threads ---- */

struct written {
  struct ask_uuid assessment;
  int32_t number;
  int64_t at;
};

struct worker {
  pthread_t thread;
  atomic_bool *stop;
  struct ask_uuid partner;
  struct written *ok; /* KEPT of them */
  size_t ok_count, away, others;
  double longest; /* seconds */
  _Atomic double last_ok;
  char other[ASK_STORE_MESSAGE + 32];
};

static void *write_on(void *context) {
  struct worker *worker = context;
  ask_store_session *session = ask_store_session_open(store);
  struct ask_write writes[GROUP], *group[GROUP];
  char keys[GROUP][40];
  while (!atomic_load(worker->stop) && worker->ok_count + GROUP < KEPT) {
    struct ask_uuid first = pg_id();
    for (int i = 0; i < GROUP; i++) {
      struct ask_uuid assessment = pg_id();
      ask_uuid_text(&assessment, keys[i]);
      writes[i] = i % 4 == 0 ? pg_write(&worker->partner, &first, i / 4 + 1, NULL)
                             : pg_write(&worker->partner, &assessment, 1, i % 2 ? keys[i] : NULL);
      group[i] = &writes[i];
    }
    double start = pg_seconds();
    ask_store_commit(session, group, GROUP);
    double took = pg_seconds() - start;
    if (took > worker->longest) worker->longest = took;
    for (int i = 0; i < GROUP; i++) {
      if (writes[i].status == ASK_STORE_OK) {
        worker->ok[worker->ok_count++] =
            (struct written){writes[i].revision.assessment, writes[i].revision.number, writes[i].revision.at};
        worker->last_ok = pg_seconds();
      } else if (writes[i].status == ASK_STORE_AWAY) {
        worker->away++;
      } else {
        worker->others++;
        snprintf(worker->other, sizeof worker->other, "%s: %s", ask_store_status_text(writes[i].status),
                 writes[i].message);
      }
    }
    usleep(writes[0].status == ASK_STORE_AWAY ? 20000 : 4000);
  }
  ask_store_session_close(session);
  return NULL;
}

static void *read_on(void *context) {
  struct worker *worker = context;
  ask_store_session *session = ask_store_session_open(store);
  struct ask_arena *arena = ask_arena_new();
  struct ask_uuid assessment = pg_id();
  while (!atomic_load(worker->stop)) {
    struct ask_revision revision;
    double start = pg_seconds();
    enum ask_store_status status = ask_store_get(session, &worker->partner, &assessment, 0, arena, &revision);
    double took = pg_seconds() - start;
    if (took > worker->longest) worker->longest = took;
    if (status == ASK_STORE_NOT_FOUND)
      worker->ok_count++, worker->last_ok = pg_seconds();
    else if (status == ASK_STORE_AWAY)
      worker->away++;
    else
      snprintf(worker->other, sizeof worker->other, "%s: %s", ask_store_status_text(status),
               ask_store_message(session));
    worker->others += status != ASK_STORE_NOT_FOUND && status != ASK_STORE_AWAY;
    ask_arena_reset(arena);
    usleep(status == ASK_STORE_AWAY ? 20000 : 1000);
  }
  ask_arena_free(arena);
  ask_store_session_close(session);
  return NULL;
}

static struct worker workers[WRITERS + READERS];
static atomic_bool stop;

static void start_workers(void) {
  atomic_store(&stop, false);
  for (int i = 0; i < WRITERS + READERS; i++) {
    workers[i] = (struct worker){.stop = &stop, .partner = pg_id()};
    if (i < WRITERS) workers[i].ok = malloc(KEPT * sizeof *workers[i].ok);
    ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, i < WRITERS ? write_on : read_on, &workers[i]), 0);
  }
}

/* Everybody gets something done again, by itself, in the time that a reader may wait. */
static void all_come_back(void) {
  double since = pg_seconds();
  usleep(1000 * 1000 * (BUSY + 2));
  for (int i = 0; i < WRITERS + READERS; i++) ck_assert_msg(workers[i].last_ok > since, "%d has not come back", i);
}

static void stop_workers_and_compare(void) {
  atomic_store(&stop, true);
  for (int i = 0; i < WRITERS + READERS; i++) pthread_join(workers[i].thread, NULL);
  struct ask_arena *arena = ask_arena_new();
  ask_store_session *session = ask_store_session_open(store);
  for (int i = 0; i < WRITERS + READERS; i++) {
    const struct worker *worker = &workers[i];
    ck_assert_msg(worker->others == 0, "%s", worker->other);
    ck_assert_msg(worker->longest < BUSY + slack, "%d waited %f s", i, worker->longest);
    ck_assert_uint_gt(worker->ok_count, 0);
    for (size_t k = 0; i < WRITERS && k < worker->ok_count; k++) {
      struct ask_revision revision;
      ck_assert_int_eq(
          ask_store_get(session, &worker->partner, &worker->ok[k].assessment, worker->ok[k].number, arena, &revision),
          ASK_STORE_OK);
      ck_assert_int_eq(revision.at, worker->ok[k].at);
      if (k % 100 == 0) ask_arena_reset(arena);
    }
    free(worker->ok);
  }
  /* Once: nothing was written twice under another id, no number is left out, no idempotency key points elsewhere. */
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) - count(distinct at) from revision"), 0);
  struct ask_problems problems = {.arena = arena};
  ck_assert_int_eq(ask_store_check(session, NULL, NULL, &problems), ASK_STORE_OK);
  for (size_t i = 0; i < problems.count; i++) {
    /* Partners, keys and rules were never put in. */
    const char *code = problems.list[i].code;
    ck_assert_msg(!strcmp(code, "missing-partner") || !strcmp(code, "missing-key") || !strcmp(code, "missing-rules"),
                  "%s: %s", code, problems.list[i].message);
  }
  ask_store_session_close(session);
  ask_arena_free(arena);
}

START_TEST(connections_are_ended) {
  start_workers();
  for (int i = 0; i < 10; i++) {
    usleep(100000);
    ck_assert(fixture_pg_terminate(cluster_url));
  }
  all_come_back();
  stop_workers_and_compare();
  /* Commits find out what became of them: an ended connection is nobody's failure. */
  for (int i = 0; i < WRITERS; i++) ck_assert_uint_le(workers[i].away, 2 * GROUP);
}
END_TEST

START_TEST(the_cluster_is_restarted) {
  start_workers();
  for (int i = 0; i < 3; i++) {
    usleep(500000);
    ck_assert(fixture_pg_control(cluster, "restart"));
  }
  all_come_back();
  stop_workers_and_compare();
}
END_TEST

START_TEST(the_cluster_is_killed) {
  start_workers();
  for (int i = 0; i < 5; i++) {
    usleep(400000);
    ck_assert(fixture_pg_control(cluster, "kill"));
    if (i == 4) usleep(1000 * 1000 * (BUSY + 1)); /* away for longer than anybody waits */
    ck_assert(fixture_pg_control(cluster, "up"));
  }
  all_come_back();
  stop_workers_and_compare();
  for (int i = 0; i < WRITERS + READERS; i++) ck_assert_uint_gt(workers[i].away, 0);
}
END_TEST

/* ---- away for a while ---- */

START_TEST(away_is_said_at_once_and_ends_by_itself) {
  struct ask_arena *arena = ask_arena_new();
  ask_store_session *session = ask_store_session_open(store), *fresh = ask_store_session_open(store);
  struct ask_uuid partner = pg_id(), assessment = pg_id();
  struct ask_write write = pg_write(&partner, &assessment, 1, NULL), *group[] = {&write};
  struct ask_revision revision;
  ask_store_commit(session, group, 1);
  ck_assert_int_eq(write.status, ASK_STORE_OK);
  ck_assert(fixture_pg_control(cluster, "halt"));
  double start = pg_seconds();
  for (int number = 2; number < 20; number++) {
    struct ask_write more = pg_write(&partner, &assessment, 2, NULL), *two[] = {&more};
    ask_store_commit(number % 2 ? session : fresh, two, 1);
    ck_assert_int_eq(more.status, ASK_STORE_AWAY);
    ck_assert_str_ne(more.message, "");
    ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_AWAY);
    ck_assert_int_eq(ask_store_ping(fresh), ASK_STORE_AWAY);
    ck_assert_int_eq(ask_store_try_write(fresh), ASK_STORE_AWAY);
  }
  ck_assert_msg(pg_seconds() - start < 0.5, "72 calls took %f s", pg_seconds() - start);
  ck_assert(fixture_pg_control(cluster, "up"));
  start = pg_seconds();
  while (ask_store_ping(session) != ASK_STORE_OK)
    ck_assert_msg(pg_seconds() - start < 1 + slack, "has not come back: %s", ask_store_message(session));
  ck_assert_int_eq(ask_store_get(fresh, &partner, &assessment, 0, arena, &revision), ASK_STORE_OK);
  ck_assert_int_eq(ask_store_try_write(session), ASK_STORE_OK);
  ask_store_session_close(session);
  ask_store_session_close(fresh);
  ask_arena_free(arena);
}
END_TEST

/* ---- a disk that is full ---- */

static bool run(const char *command) {
  int how = system(command);
  return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

/* The tables lie on a small file system of their own; the log of transactions does not. Needs root, who may mount one. */
START_TEST(a_full_disk_is_said_and_reads_go_on) {
  char folder[PG_URL], command[4 * PG_URL], where[2 * PG_URL];
  const char *place = strstr(cluster_url, "host=") + strlen("host=");
  snprintf(folder, sizeof folder, "%.*s/small", (int)strcspn(place, "&"), place); /* cluster.sh stop unmounts it */
  snprintf(command, sizeof command, "mkdir %s && mount -t tmpfs -o size=8m none %s && chown postgres %s", folder,
           folder, folder);
  if (geteuid() != 0 || !run(command)) return;
  snprintf(command, sizeof command, "create tablespace small location '%s'", folder);
  ck_assert(fixture_pg_sql(cluster_url, command));
  ck_assert(fixture_pg_fresh_url_in(cluster_url, "-cdefault_tablespace=small", where, sizeof where));
  struct ask_store *small = pg_open(where, BUSY);
  ask_store_session *session = ask_store_session_open(small);
  struct ask_arena *arena = ask_arena_new();
  struct ask_uuid partner = pg_id(), assessment = pg_id();
  static char noise[64 * 1024];
  for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)(rand() % 94 + 33);
  struct ask_write write = {0}, *group[] = {&write};
  int number = 0;
  do {
    write = pg_write(&partner, &assessment, ++number, NULL);
    write.revision.result = (struct ask_text){noise, sizeof noise};
    ask_store_commit(session, group, 1);
  } while (write.status == ASK_STORE_OK && number < 1000);
  ck_assert_msg(write.status == ASK_STORE_FULL, "%s %s", ask_store_status_text(write.status), write.message);
  struct ask_revision revision;
  ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_OK);
  ck_assert_int_eq(revision.number, number - 1);
  snprintf(command, sizeof command, "mount -o remount,size=64m %s", folder);
  ck_assert(run(command));
  ask_store_commit(session, group, 1);
  ck_assert_msg(write.status == ASK_STORE_OK, "%s %s", ask_store_status_text(write.status), write.message);
  ask_arena_free(arena);
  ask_store_session_close(session);
  ask_store_close(small);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pg_outage");
  TCase *tests = tcase_create("outage");
  tcase_add_unchecked_fixture(tests, start_cluster, stop_cluster);
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, connections_are_ended);
  tcase_add_test(tests, the_cluster_is_restarted);
  tcase_add_test(tests, the_cluster_is_killed);
  tcase_add_test(tests, away_is_said_at_once_and_ends_by_itself);
  tcase_add_test(tests, a_full_disk_is_said_and_reads_go_on);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
