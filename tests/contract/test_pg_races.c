/* PostgreSQL: several nodes that write the same at once, locks, deadlocks, writes that are refused one by one, connections
 * that an administrator ends. Each outcome is checked against what is in the tables afterwards. */
#include <check.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/fixture_pg.h"

enum { NODES = 4, ROUNDS = 40, WIDTH = 8 };

static char url[2 * PG_URL];
static struct ask_store *store;

static void set_up(void) {
  char folder[PG_URL];
  ck_assert(fixture_pg_fresh_url(folder, sizeof folder));
  /* The first connection's schema, with deadlocks found at once. */
  snprintf(url, sizeof url, "%s%%20-cdeadlock_timeout%%3D20ms", folder);
  store = pg_open(url, 5);
}
static void tear_down(void) { store = ask_store_close(store); }

/* ---- the same revisions, in opposite orders: deadlocks ---- */

struct node {
  int place;
  pthread_barrier_t *barrier;
  const struct ask_uuid *partner, *assessments; /* WIDTH of them */
  const char (*keys)[ROUNDS][24];               /* NULL: no idempotency keys */
  enum ask_store_status status[ROUNDS][WIDTH];
  struct ask_write made[ROUNDS][WIDTH];
};

static void *run_node(void *context) {
  struct node *node = context;
  ask_store_session *session = ask_store_session_open(store);
  for (int round = 0; round < ROUNDS; round++) {
    struct ask_write *group[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      /* Every other node goes through them backwards. */
      int which = node->place % 2 ? WIDTH - 1 - i : i;
      struct ask_write *write = &node->made[round][which];
      *write =
          pg_write(node->partner, &node->assessments[which], round + 1, node->keys ? node->keys[which][round] : NULL);
      group[i] = write;
    }
    pthread_barrier_wait(node->barrier);
    ask_store_commit(session, group, WIDTH);
    for (int i = 0; i < WIDTH; i++) { node->status[round][i] = node->made[round][i].status; }
    pthread_barrier_wait(node->barrier);
  }
  ask_store_session_close(session);
  return NULL;
}

static void run_nodes(struct node *nodes, const struct ask_uuid *partner, const struct ask_uuid *assessments,
                      const char (*keys)[ROUNDS][24]) {
  pthread_barrier_t barrier;
  pthread_t threads[NODES];
  pthread_barrier_init(&barrier, NULL, NODES);
  for (int i = 0; i < NODES; i++) {
    nodes[i] =
        (struct node){.place = i, .barrier = &barrier, .partner = partner, .assessments = assessments, .keys = keys};
    ck_assert_int_eq(pthread_create(&threads[i], NULL, run_node, &nodes[i]), 0);
  }
  for (int i = 0; i < NODES; i++) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&barrier);
}

START_TEST(one_of_several_wins_each_revision) {
  struct node *nodes = calloc(NODES, sizeof *nodes);
  struct ask_uuid partner = pg_id(), assessments[WIDTH];
  for (int i = 0; i < WIDTH; i++) assessments[i] = pg_id();
  run_nodes(nodes, &partner, assessments, NULL);
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < WIDTH; i++) {
      int won = 0;
      for (int n = 0; n < NODES; n++) {
        enum ask_store_status status = nodes[n].status[round][i];
        won += status == ASK_STORE_OK;
        ck_assert_msg(status == ASK_STORE_OK || status == ASK_STORE_CONFLICT, "%s %s", ask_store_status_text(status),
                      nodes[n].made[round][i].message);
      }
      ck_assert_int_eq(won, 1);
    }
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from revision"), ROUNDS * WIDTH);
  free(nodes);
}
END_TEST

START_TEST(one_of_several_wins_each_idempotency_key) {
  static char keys[WIDTH][ROUNDS][24];
  struct node *nodes = calloc(NODES, sizeof *nodes);
  struct ask_uuid partner = pg_id(), assessments[WIDTH];
  for (int i = 0; i < WIDTH; i++) {
    assessments[i] = pg_id();
    for (int round = 0; round < ROUNDS; round++) snprintf(keys[i][round], sizeof keys[i][round], "%d/%d", i, round);
  }
  run_nodes(nodes, &partner, assessments, (const char(*)[ROUNDS][24])keys);
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < WIDTH; i++) {
      int won = 0;
      for (int n = 0; n < NODES; n++) {
        const struct ask_write *write = &nodes[n].made[round][i];
        won += write->status == ASK_STORE_OK;
        ck_assert_msg(write->status == ASK_STORE_OK || write->status == ASK_STORE_REPEATED, "%s %s",
                      ask_store_status_text(write->status), write->message);
        if (write->status != ASK_STORE_REPEATED) continue;
        ck_assert_int_eq(write->made_number, round + 1);
        ck_assert_mem_eq(&write->made, &assessments[i], sizeof write->made);
      }
      ck_assert_int_eq(won, 1);
    }
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from revision"), ROUNDS * WIDTH);
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from idempotency"), ROUNDS * WIDTH);
  free(nodes);
}
END_TEST

/* One idempotency key for different assessments, as when a client sends a request to two nodes. */
static void *same_key(void *context) {
  ask_store_session *session = ask_store_session_open(store);
  struct ask_write *writes = context, *group[WIDTH];
  for (int i = 0; i < WIDTH; i++) group[i] = &writes[i];
  ask_store_commit(session, group, WIDTH);
  ask_store_session_close(session);
  return NULL;
}

START_TEST(one_key_makes_one_assessment) {
  static struct ask_write writes[NODES][WIDTH];
  struct ask_uuid partner = pg_id();
  pthread_t threads[NODES];
  for (int n = 0; n < NODES; n++) {
    for (int i = 0; i < WIDTH; i++) {
      struct ask_uuid assessment = pg_id();
      writes[n][i] = pg_write(&partner, &assessment, 1, i % 2 ? "odd" : "even");
    }
    ck_assert_int_eq(pthread_create(&threads[n], NULL, same_key, writes[n]), 0);
  }
  for (int n = 0; n < NODES; n++) pthread_join(threads[n], NULL);
  const struct ask_write *first[2] = {NULL, NULL};
  for (int n = 0; n < NODES; n++) {
    for (int i = 0; i < WIDTH; i++) {
      if (writes[n][i].status != ASK_STORE_OK) continue;
      ck_assert_ptr_null(first[i % 2]);
      first[i % 2] = &writes[n][i];
    }
  }
  for (int n = 0; n < NODES; n++) {
    for (int i = 0; i < WIDTH; i++) {
      const struct ask_write *write = &writes[n][i];
      if (write == first[i % 2]) continue;
      ck_assert_msg(write->status == ASK_STORE_REPEATED, "%s %s", ask_store_status_text(write->status), write->message);
      ck_assert_mem_eq(&write->made, &first[i % 2]->revision.assessment, sizeof write->made);
    }
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from revision"), 2);
}
END_TEST

/* ---- one write that cannot be, among others that can ---- */

static void others_are_written(size_t bad, struct ask_write *writes, size_t count, enum ask_store_status status) {
  struct ask_write *group[WIDTH];
  for (size_t i = 0; i < count; i++) group[i] = &writes[i];
  ask_store_session *session = ask_store_session_open(store);
  double start = pg_seconds();
  ask_store_commit(session, group, count);
  ck_assert_msg(pg_seconds() - start < 6, "took %f s", pg_seconds() - start);
  for (size_t i = 0; i < count; i++) {
    enum ask_store_status wanted = i == bad ? status : ASK_STORE_OK;
    ck_assert_msg(writes[i].status == wanted, "%zu: %s %s", i, ask_store_status_text(writes[i].status),
                  writes[i].message);
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from revision"), (long long)count - 1);
  ask_store_session_close(session);
}

START_TEST(a_refused_write_is_set_aside) {
  struct ask_uuid partner = pg_id();
  struct ask_write writes[WIDTH];
  for (int i = 0; i < WIDTH; i++) {
    struct ask_uuid assessment = pg_id();
    writes[i] = pg_write(&partner, &assessment, 1, NULL);
  }
  /* Nobody's answers may come back in the words of an error, as PostgreSQL's details would have it. */
  static const char secret[] = "{\"ssn\":\"078-05-1120\"}";
  writes[3].revision.answers = (struct ask_text){secret, sizeof secret - 1};
  writes[3].revision.rules[0] = '\0';
  others_are_written(3, writes, WIDTH, ASK_STORE_BROKEN);
  ck_assert_ptr_nonnull(strstr(writes[3].message, "23514"));
  ck_assert_ptr_null(strstr(writes[3].message, "078"));
}
END_TEST

static void insert_as_other(PGconn *other, const struct ask_uuid *assessment, bool wait) {
  char id[ASK_UUID_TEXT], sql[512];
  ask_uuid_text(assessment, id);
  snprintf(sql, sizeof sql, "insert into revision values ('%s', %lld, 1, '%s', '%s', 1, 1, 'a', '', '')", id,
           (long long)ask_uuid_client_key(assessment), id, id);
  ck_assert(PQsendQuery(other, sql));
  for (PGresult *result; wait && (result = PQgetResult(other)); PQclear(result))
    ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK, "%s", PQerrorMessage(other));
}

static void *commit_two(void *context) {
  ask_store_session *session = ask_store_session_open(store);
  struct ask_write *writes = context, *group[] = {&writes[0], &writes[1]};
  ask_store_commit(session, group, 2);
  ask_store_session_close(session);
  return NULL;
}

/* We hold the first and wait for the second, another holds the second and waits for the first; we are the one that PostgreSQL
 * picks, since ours looks for a deadlock earlier: after so long that there is one, and before the lock's own timeout. */
START_TEST(a_deadlock_is_tried_again) {
  struct ask_uuid partner = pg_id(), first = pg_id(), second = pg_id();
  struct ask_write writes[] = {pg_write(&partner, &first, 1, NULL), pg_write(&partner, &second, 1, "key")};
  char where[3 * PG_URL];
  snprintf(where, sizeof where, "%s%%20-cdeadlock_timeout%%3D800ms", url);
  ask_store_close(store);
  store = pg_open(where, 5);
  pthread_t thread;
  PGconn *other = PQconnectdb(url);
  PQclear(PQexec(other, "set deadlock_timeout = '60s'"));
  PQclear(PQexec(other, "begin"));
  insert_as_other(other, &second, true);
  ck_assert_int_eq(pthread_create(&thread, NULL, commit_two, writes), 0);
  static const char waiting[] = "select count(*) from pg_locks where not granted";
  while (fixture_pg_number(url, waiting) < 1) continue;
  insert_as_other(other, &first, false);
  /* Ours is rolled back, so theirs comes through. */
  for (PGresult *result; (result = PQgetResult(other)); PQclear(result))
    ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK, "%s", PQerrorMessage(other));
  PQclear(PQexec(other, "rollback"));
  PQfinish(other);
  pthread_join(thread, NULL);
  for (int i = 0; i < 2; i++) {
    ck_assert_msg(writes[i].status == ASK_STORE_OK, "%s %s", ask_store_status_text(writes[i].status),
                  writes[i].message);
    ck_assert_int_gt(writes[i].attempts, 1);
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from revision"), 2);
}
END_TEST

START_TEST(a_write_that_waits_for_a_lock_is_set_aside) {
  struct ask_uuid partner = pg_id();
  struct ask_write writes[WIDTH];
  for (int i = 0; i < WIDTH; i++) {
    struct ask_uuid assessment = pg_id();
    writes[i] = pg_write(&partner, &assessment, 1, NULL);
  }
  PGconn *other = PQconnectdb(url);
  PQclear(PQexec(other, "begin"));
  insert_as_other(other, &writes[5].revision.assessment, true);
  others_are_written(5, writes, WIDTH, ASK_STORE_AWAY);
  PQfinish(other); /* rolled back: now it can be written */
  ask_store_session *session = ask_store_session_open(store);
  struct ask_write *again[] = {&writes[5]};
  ask_store_commit(session, again, 1);
  ck_assert_int_eq(writes[5].status, ASK_STORE_OK);
  ask_store_session_close(session);
}
END_TEST

/* ---- connections that are ended while idle: nobody notices ---- */

START_TEST(statements_are_prepared_again) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_uuid partner = pg_id(), assessment = pg_id();
  ask_store_session *session = ask_store_session_open(store);
  for (int number = 1; number <= 6; number++) {
    struct ask_write write = pg_write(&partner, &assessment, number, NULL), *group[] = {&write};
    ask_store_commit(session, group, 1);
    ck_assert_msg(write.status == ASK_STORE_OK, "%s", write.message);
    ck_assert_int_eq(write.attempts, 1); /* seen before anything was sent, so nothing had to be found out */
    if (number % 2) ck_assert(fixture_pg_terminate(url));
    struct ask_revision revision;
    ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_OK);
    ck_assert_int_eq(revision.number, number);
    if (number % 2 == 0) ck_assert(fixture_pg_terminate(url)); /* a connection on which commit was prepared */
  }
  /* By a pooler, for example, which gives us another's connection. */
  ck_assert(fixture_pg_sql(url, "alter table revision add column more integer"));
  struct ask_revision revision;
  ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_OK);
  ask_store_session_close(session);
  ask_arena_free(arena);
}
END_TEST

static void *same_partner(void *context) {
  struct ask_partner_key *key = context;
  ask_store_session *session = ask_store_session_open(store);
  struct ask_uuid partner = pg_id();
  enum ask_store_status status = ask_store_key_add(session, key, &partner);
  ask_store_session_close(session);
  return status == ASK_STORE_OK ? key : NULL;
}

START_TEST(several_keys_of_a_new_partner_at_once) {
  struct ask_partner_key keys[NODES];
  pthread_t threads[NODES];
  for (int i = 0; i < NODES; i++) {
    keys[i] = (struct ask_partner_key){.id = pg_id(), .name = "Senior Services", .created = i};
    memset(keys[i].hash, 'a' + i, ASK_HASH_TEXT - 1);
    keys[i].hash[ASK_HASH_TEXT - 1] = '\0';
    ck_assert_int_eq(pthread_create(&threads[i], NULL, same_partner, &keys[i]), 0);
  }
  for (int i = 0; i < NODES; i++) {
    void *good = NULL;
    pthread_join(threads[i], &good);
    ck_assert_ptr_nonnull(good);
    ck_assert_mem_eq(&keys[i].partner, &keys[0].partner, sizeof keys[i].partner);
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from partner"), 1);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pg_races");
  TCase *tests = tcase_create("at once");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 30);
  tcase_add_test(tests, one_of_several_wins_each_revision);
  tcase_add_test(tests, one_of_several_wins_each_idempotency_key);
  tcase_add_test(tests, one_key_makes_one_assessment);
  tcase_add_test(tests, a_deadlock_is_tried_again);
  tcase_add_test(tests, a_refused_write_is_set_aside);
  tcase_add_test(tests, a_write_that_waits_for_a_lock_is_set_aside);
  tcase_add_test(tests, statements_are_prepared_again);
  tcase_add_test(tests, several_keys_of_a_new_partner_at_once);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
