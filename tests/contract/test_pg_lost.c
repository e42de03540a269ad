/* PostgreSQL: a connection that is lost or hangs at the worst moment. What a commit did is found out afterwards, every wait
 * ends, and nothing needs a hand. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/fixture_pg.h"
#include "contract/proxy_pg.h"

enum { WIDTH = 12, BUSY = 2 };
static const double slack = 1.5; /* seconds: a busy machine, sanitizers */

static char direct[PG_URL], url[PG_URL];
static struct proxy *proxy;
static struct ask_store *store;
static ask_store_session *session;
static struct ask_arena *arena;
static struct ask_uuid partner;

static void set_up(void) {
  ck_assert(fixture_pg_fresh_url(direct, sizeof direct));
  proxy = proxy_start(direct, url, sizeof url);
  store = pg_open(url, BUSY);
  session = ask_store_session_open(store);
  arena = ask_arena_new();
  partner = pg_id();
}
static void tear_down(void) {
  ask_store_session_close(session);
  ask_store_close(store);
  ask_arena_free(arena);
  proxy_stop(proxy);
}

/* New assessments with and without idempotency keys, and further revisions of the first of them. */
static void make_group(struct ask_write *writes, struct ask_write **group, char (*keys)[40]) {
  struct ask_uuid first = pg_id();
  for (int i = 0; i < WIDTH; i++) {
    struct ask_uuid assessment = pg_id();
    ask_uuid_text(&assessment, keys[i]);
    writes[i] = i % 4 == 0 ? pg_write(&partner, &first, i / 4 + 1, i ? keys[i] : NULL)
                           : pg_write(&partner, &assessment, 1, i % 2 ? keys[i] : NULL);
    group[i] = &writes[i];
  }
}

static long long count_rows(void) { return fixture_pg_number(direct, "select count(*) from revision"); }

/* All are OK, and in the tables once. */
static void written_all_the_same(enum proxy_mode mode) {
  struct ask_write writes[WIDTH], *group[WIDTH];
  char keys[WIDTH][40];
  struct ask_write warm = pg_write(&partner, &partner, 1, NULL), *one[] = {&warm};
  ask_store_commit(session, one, 1); /* connected and prepared */
  ck_assert_int_eq(warm.status, ASK_STORE_OK);
  for (int round = 1; round <= 10; round++) {
    make_group(writes, group, keys);
    proxy_set(proxy, mode);
    double start = pg_seconds();
    ask_store_commit(session, group, WIDTH);
    ck_assert_msg(pg_seconds() - start < BUSY + slack, "took %f s", pg_seconds() - start);
    for (int i = 0; i < WIDTH; i++) {
      ck_assert_msg(writes[i].status == ASK_STORE_OK, "%d: %s %s", i, ask_store_status_text(writes[i].status),
                    writes[i].message);
      ck_assert_int_ge(writes[i].attempts, 2);
      struct ask_revision revision;
      ck_assert_int_eq(
          ask_store_get(session, &partner, &writes[i].revision.assessment, writes[i].revision.number, arena, &revision),
          ASK_STORE_OK);
      ck_assert_int_eq(revision.at, writes[i].revision.at);
    }
    ck_assert_int_eq(count_rows(), 1 + round * WIDTH);
  }
}

START_TEST(an_answer_to_commit_that_is_lost) { written_all_the_same(PROXY_LOSE_ANSWER); }
END_TEST
START_TEST(a_group_that_is_lost_on_its_way) { written_all_the_same(PROXY_LOSE_REQUEST); }
END_TEST
START_TEST(a_group_of_which_half_arrives) { written_all_the_same(PROXY_LOSE_HALF); }
END_TEST

/* Found again by its own row, not by its number: somebody else's revision of the same number is a conflict. */
START_TEST(somebody_elses_row_is_not_mistaken) {
  struct ask_uuid assessment = pg_id();
  struct ask_write first = pg_write(&partner, &assessment, 1, NULL), *one[] = {&first};
  ask_store_commit(session, one, 1);
  struct ask_write second = pg_write(&partner, &assessment, 1, NULL), keyed = pg_write(&partner, &assessment, 1, "key");
  struct ask_write same = first, *group[] = {&second, &keyed, &same};
  proxy_set(proxy, PROXY_LOSE_ANSWER);
  ask_store_commit(session, group, 3);
  ck_assert_int_eq(second.status, ASK_STORE_CONFLICT);
  ck_assert_int_eq(keyed.status, ASK_STORE_CONFLICT);
  ck_assert_int_eq(count_rows(), 1);
  ck_assert_int_eq(fixture_pg_number(direct, "select count(*) from idempotency"), 0);
}
END_TEST

START_TEST(a_repeat_stays_a_repeat) {
  struct ask_uuid assessment = pg_id(), other = pg_id();
  struct ask_write first = pg_write(&partner, &assessment, 1, "key"), *one[] = {&first};
  ask_store_commit(session, one, 1);
  ck_assert_int_eq(first.status, ASK_STORE_OK);
  struct ask_write again = pg_write(&partner, &other, 1, "key"), reused = pg_write(&partner, &other, 1, "key");
  struct ask_write next = pg_write(&partner, &assessment, 1, "key"), *group[] = {&again, &reused, &next};
  reused.fingerprint[0] = 1;
  proxy_set(proxy, PROXY_LOSE_ANSWER);
  ask_store_commit(session, group, 3);
  ck_assert_int_eq(again.status, ASK_STORE_REPEATED);
  ck_assert_mem_eq(&again.made, &assessment, sizeof assessment);
  ck_assert_int_eq(again.made_number, 1);
  ck_assert_int_eq(reused.status, ASK_STORE_KEY_REUSED);
  ck_assert_int_eq(next.status, ASK_STORE_REPEATED); /* the same id and number, but another moment: not its own */
}
END_TEST

START_TEST(what_cannot_be_found_out_is_away) {
  struct ask_write writes[WIDTH], *group[WIDTH];
  char keys[WIDTH][40];
  ck_assert_int_eq(ask_store_ping(session), ASK_STORE_OK);
  make_group(writes, group, keys);
  struct ask_write warm = pg_write(&partner, &partner, 1, NULL), *one[] = {&warm};
  ask_store_commit(session, one, 1);
  proxy_set(proxy, PROXY_LOSE_ANSWER_AND_HANG);
  double start = pg_seconds();
  ask_store_commit(session, group, WIDTH);
  ck_assert_msg(pg_seconds() - start < BUSY + slack, "took %f s", pg_seconds() - start);
  for (int i = 0; i < WIDTH; i++) ck_assert_int_eq(writes[i].status, ASK_STORE_AWAY);
  ck_assert_ptr_nonnull(strstr(writes[0].message, "known"));
  /* They were written, and whoever asks again with the same key is told so. */
  proxy_set(proxy, PROXY_PASS);
  ck_assert_int_eq(count_rows(), 1 + WIDTH);
  struct ask_uuid made, id = pg_id();
  int32_t number;
  struct ask_write again = pg_write(&partner, &id, 1, keys[1]), *repeat[] = {&again};
  for (start = pg_seconds(); pg_seconds() - start < 3;) {
    ask_store_commit(session, repeat, 1);
    if (again.status != ASK_STORE_AWAY) break;
  }
  ck_assert_int_eq(again.status, ASK_STORE_REPEATED);
  ck_assert_mem_eq(&again.made, &writes[1].revision.assessment, sizeof again.made);
  ck_assert_int_eq(ask_store_repeated(session, &partner, again.idempotency_key, again.fingerprint, &made, &number),
                   ASK_STORE_REPEATED);
}
END_TEST

START_TEST(a_server_that_hangs_costs_its_wait_once) {
  struct ask_revision revision;
  struct ask_uuid assessment = pg_id();
  ask_store_session *other = ask_store_session_open(store);
  struct ask_write write = pg_write(&partner, &assessment, 1, NULL), *one[] = {&write};
  ask_store_commit(session, one, 1);
  ck_assert_int_eq(write.status, ASK_STORE_OK);
  proxy_set(proxy, PROXY_HANG);
  double start = pg_seconds();
  ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_AWAY);
  ck_assert_msg(pg_seconds() - start < BUSY + slack, "took %f s", pg_seconds() - start);
  ck_assert_str_ne(ask_store_message(session), "");
  /* One finds out that it cannot connect either; then everybody is told at once. */
  start = pg_seconds();
  ck_assert_int_eq(ask_store_get(other, &partner, &assessment, 0, arena, &revision), ASK_STORE_AWAY);
  ck_assert_msg(pg_seconds() - start < BUSY + slack, "took %f s", pg_seconds() - start);
  start = pg_seconds();
  for (int i = 0; i < 50; i++) {
    ck_assert_int_eq(ask_store_get(i % 2 ? session : other, &partner, &assessment, 0, arena, &revision),
                     ASK_STORE_AWAY);
    struct ask_write more = pg_write(&partner, &assessment, 2, NULL), *two[] = {&more};
    ask_store_commit(i % 2 ? session : other, two, 1);
    ck_assert_int_eq(more.status, ASK_STORE_AWAY);
  }
  ck_assert_msg(pg_seconds() - start < 0.5, "100 calls took %f s", pg_seconds() - start);
  proxy_set(proxy, PROXY_PASS);
  start = pg_seconds();
  while (ask_store_get(other, &partner, &assessment, 0, arena, &revision) != ASK_STORE_OK)
    ck_assert_msg(pg_seconds() - start < 1 + slack, "has not come back");
  ck_assert_int_eq(ask_store_get(session, &partner, &assessment, 0, arena, &revision), ASK_STORE_OK);
  ask_store_session_close(other);
}
END_TEST

/* The writes that a person waits for: run again, each finds itself. */
START_TEST(keys_and_rules_are_written_once) {
  struct ask_partner_key key = {.id = pg_id(), .name = "Intake Desk", .created = 7}, *list;
  memset(key.hash, 'b', ASK_HASH_TEXT - 1);
  struct ask_rule_file file = {"forms/intake.yaml", {"items: []", 9}};
  size_t count;
  ck_assert_int_eq(ask_store_ping(session), ASK_STORE_OK);
  ck_assert_int_eq(ask_store_keys(session, arena, &list, &count), ASK_STORE_OK);
  static const enum proxy_mode modes[] = {PROXY_LOSE_ANSWER, PROXY_LOSE_REQUEST};
  for (size_t i = 0; i < 2; i++) {
    struct ask_uuid id = pg_id();
    key.id = pg_id();
    key.hash[0] = (char)('0' + i);
    /* The first answer lost would be that of the preparation. */
    struct ask_partner_key taken = key;
    taken.hash[1] = '0';
    taken.id = pg_id();
    ck_assert_int_eq(ask_store_key_add(session, &taken, &id), ASK_STORE_OK);
    proxy_set(proxy, modes[i]);
    ck_assert_msg(ask_store_key_add(session, &key, &id) == ASK_STORE_OK, "%s", ask_store_message(session));
    ck_assert_mem_eq(&key.partner, &taken.partner, sizeof key.partner);
    ck_assert_int_eq(ask_store_key_add(session, &key, &id), ASK_STORE_CONFLICT);
    proxy_set(proxy, modes[i]);
    ck_assert_int_eq(ask_store_rules_put(session, key.hash, &file, 1), ASK_STORE_OK);
    proxy_set(proxy, modes[i]);
    ck_assert_int_eq(ask_store_key_revoke(session, &key.id, 9), ASK_STORE_OK);
  }
  ck_assert_int_eq(ask_store_keys(session, arena, &list, &count), ASK_STORE_OK);
  ck_assert_uint_eq(count, 4);
  ck_assert_int_eq(fixture_pg_number(direct, "select count(*) from rule_file"), 2);
}
END_TEST

/* Every version is written once, and a rerun finds its own; somebody else's is a conflict. */
START_TEST(documents_are_written_once) {
  static const enum proxy_mode modes[] = {PROXY_LOSE_ANSWER, PROXY_LOSE_REQUEST, PROXY_LOSE_HALF};
  struct ask_document_key keys[] = {{{"name", 4}, true}, {{"some", 4}, false}};
  struct ask_document found, warm = {"case", pg_id(), 1, 5, {"{}", 2}};
  for (int i = 1; i <= 2; i++, warm.version++)
    ck_assert_int_eq(ask_store_document_put(session, &warm, NULL, 0), ASK_STORE_OK);
  ck_assert_int_eq(ask_store_document_remove(session, "case", &warm.id, 2), ASK_STORE_OK);
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    struct ask_document document = {"case", pg_id(), 1, 5, {"{}", 2}};
    for (; document.version <= 3; document.version++) {
      proxy_set(proxy, modes[i]);
      ck_assert_msg(ask_store_document_put(session, &document, keys, 2) == ASK_STORE_OK, "%s",
                    ask_store_message(session));
      ck_assert_int_eq(ask_store_document_put(session, &document, keys, 2), ASK_STORE_CONFLICT);
    }
    ck_assert_int_eq(ask_store_document_get(session, "case", &document.id, arena, &found), ASK_STORE_OK);
    ck_assert_int_eq(found.version, 3);
    document = found;
    document.at = 6; /* somebody else's third version */
    proxy_set(proxy, modes[i]);
    ck_assert_int_eq(ask_store_document_put(session, &document, keys, 2), ASK_STORE_CONFLICT);
    ck_assert_int_eq(fixture_pg_number(direct, "select count(*) from document_key"), 2);
    proxy_set(proxy, modes[i]);
    ck_assert_int_eq(ask_store_document_remove(session, "case", &document.id, 3), ASK_STORE_OK);
    ck_assert_int_eq(ask_store_document_remove(session, "case", &document.id, 3), ASK_STORE_NOT_FOUND);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pg_lost");
  TCase *tests = tcase_create("lost");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 30);
  tcase_add_test(tests, an_answer_to_commit_that_is_lost);
  tcase_add_test(tests, a_group_that_is_lost_on_its_way);
  tcase_add_test(tests, a_group_of_which_half_arrives);
  tcase_add_test(tests, somebody_elses_row_is_not_mistaken);
  tcase_add_test(tests, a_repeat_stays_a_repeat);
  tcase_add_test(tests, what_cannot_be_found_out_is_away);
  tcase_add_test(tests, a_server_that_hangs_costs_its_wait_once);
  tcase_add_test(tests, keys_and_rules_are_written_once);
  tcase_add_test(tests, documents_are_written_once);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
