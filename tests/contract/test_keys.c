/* Contract: partners' keys are added, found, listed and revoked; recorded rules are kept once. */
#include "contract/store_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static enum ask_store_status add(const char *name, const char *hash, struct ask_partner_key *ret) {
  struct ask_uuid partner = fixture_uuid();
  *ret = (struct ask_partner_key){.id = fixture_uuid(), .name = name, .created = 5000};
  memcpy(ret->hash, hash, strlen(hash) + 1);
  return ask_store_key_add(fixture()->session, ret, &partner);
}

START_TEST(a_key_is_found_by_its_hash) {
  struct ask_partner_key found = {0};
  const struct ask_partner_key *ours = &fixture()->ours;
  fixture_ok(ask_store_key_find(fixture()->session, ours->hash, fixture()->arena, &found));
  ck_assert(fixture_same(&found.id, &ours->id));
  ck_assert(fixture_same(&found.partner, &ours->partner));
  ck_assert_str_eq(found.name, "ours");
  ck_assert_str_eq(found.hash, ours->hash);
  ck_assert_int_eq(found.created, ours->created);
  ck_assert_int_eq(found.revoked, 0);
  char other[ASK_HASH_TEXT];
  memcpy(other, ours->hash, sizeof other);
  other[63] = 'f';
  fixture_is(ask_store_key_find(fixture()->session, other, fixture()->arena, &found), ASK_STORE_NOT_FOUND);
  fixture_is(ask_store_key_find(fixture()->session, "", fixture()->arena, &found), ASK_STORE_NOT_FOUND);
}
END_TEST

START_TEST(keys_of_one_name_are_one_partner) {
  struct ask_partner_key second, third;
  fixture_ok(add("ours", "c1", &second));
  ck_assert(fixture_same(&second.partner, &fixture()->ours.partner));
  fixture_ok(add("Ours", "c2", &third)); /* another name */
  ck_assert(!fixture_same(&third.partner, &fixture()->ours.partner));
}
END_TEST

START_TEST(a_hash_or_id_that_is_taken_is_a_conflict) {
  struct ask_partner_key key;
  fixture_is(add("new partner", fixture()->ours.hash, &key), ASK_STORE_CONFLICT);
  struct ask_uuid partner = fixture_uuid();
  key.id = fixture()->ours.id;
  memcpy(key.hash, "d1", 3);
  fixture_is(ask_store_key_add(fixture()->session, &key, &partner), ASK_STORE_CONFLICT);
  /* A partner whose first key was refused is not left behind: the name is still free. */
  key.id = fixture_uuid();
  fixture_ok(ask_store_key_add(fixture()->session, &key, &partner));
  ck_assert(fixture_same(&key.partner, &partner));
  /* Nor may one id be two partners. */
  struct ask_partner_key other = {.id = fixture_uuid(), .name = "other", .hash = "d2", .created = 5};
  fixture_is(ask_store_key_add(fixture()->session, &other, &partner), ASK_STORE_CONFLICT);
}
END_TEST

START_TEST(all_keys_are_listed_in_the_order_they_were_made) {
  struct ask_partner_key key, *list = NULL;
  size_t count = 0;
  fixture_ok(add("third", "c1", &key));
  fixture_ok(ask_store_key_revoke(fixture()->session, &fixture()->theirs.id, 77));
  fixture_ok(ask_store_keys(fixture()->session, fixture()->arena, &list, &count));
  ck_assert_uint_eq(count, 3);
  ck_assert_str_eq(list[0].name, "ours");
  ck_assert_int_eq(list[0].revoked, 0);
  ck_assert_str_eq(list[1].name, "theirs");
  ck_assert_int_eq(list[1].revoked, 77);
  ck_assert_str_eq(list[2].name, "third");
  ck_assert_str_eq(list[2].hash, "c1");
}
END_TEST

START_TEST(a_revoked_key_stays_revoked) {
  struct ask_partner_key found;
  struct ask_uuid none = fixture_uuid();
  fixture_is(ask_store_key_revoke(fixture()->session, &none, 1), ASK_STORE_NOT_FOUND);
  fixture_ok(ask_store_key_revoke(fixture()->session, &fixture()->ours.id, 77));
  fixture_ok(ask_store_key_revoke(fixture()->session, &fixture()->ours.id, 99));
  fixture_ok(ask_store_key_find(fixture()->session, fixture()->ours.hash, fixture()->arena, &found));
  ck_assert_int_eq(found.revoked, 77);
  fixture_ok(ask_store_key_find(fixture()->session, fixture()->theirs.hash, fixture()->arena, &found));
  ck_assert_int_eq(found.revoked, 0);
}
END_TEST

START_TEST(names_are_kept_byte_for_byte) {
  static const char *const names[] = {
      "x", "O'Neil; drop table partner; --", "%s %n", "Östliche Wohlfahrt", "日本語", "a\\b\"c", "\xF0\x9F\x8F\xA0"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct ask_partner_key key, found;
    char hash[8];
    snprintf(hash, sizeof hash, "h%zu", i);
    fixture_ok(add(names[i], hash, &key));
    fixture_ok(ask_store_key_find(fixture()->session, hash, fixture()->arena, &found));
    ck_assert_str_eq(found.name, names[i]);
  }
  char longest[ASK_STORE_NAME_LIMIT + 1];
  memset(longest, 'n', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  struct ask_partner_key key;
  fixture_ok(add(longest, "longest", &key));
}
END_TEST

START_TEST(rules_come_back_as_they_were_recorded) {
  char wide[9000];
  for (size_t i = 0; i < sizeof wide; i++) wide[i] = "abcdefg\n"[i % 8];
  const struct ask_rule_file files[] = {
      {"plugins/b.lua", {wide, sizeof wide}}, {"forms/intake.yaml", {"form: x\n", 8}}, {"plugins/empty.lua", {"", 0}}};
  static const size_t sorted[] = {1, 0, 2};
  struct ask_rule_file *found = NULL;
  size_t count = 0;
  fixture_is(ask_store_rules_get(fixture()->session, "none", fixture()->arena, &found, &count), ASK_STORE_NOT_FOUND);
  fixture_ok(ask_store_rules_put(fixture()->session, "r2", files, 3));
  fixture_ok(ask_store_rules_get(fixture()->session, "r2", fixture()->arena, &found, &count));
  ck_assert_uint_eq(count, 3);
  for (size_t i = 0; i < 3; i++) {
    const struct ask_rule_file *expected = &files[sorted[i]];
    ck_assert_str_eq(found[i].path, expected->path);
    ck_assert_uint_eq(found[i].bytes.length, expected->bytes.length);
    ck_assert_mem_eq(found[i].bytes.bytes, expected->bytes.bytes, expected->bytes.length);
  }
}
END_TEST

START_TEST(rules_are_recorded_once) {
  const struct ask_rule_file first = {"a", {"1", 1}}, other = {"a", {"2", 1}};
  struct ask_rule_file *found = NULL;
  size_t count = 0;
  fixture_ok(ask_store_rules_put(fixture()->session, "r3", &first, 1));
  fixture_ok(ask_store_rules_put(fixture()->session, "r3", &other, 1));
  ck_assert_str_eq(ask_store_message(fixture()->session), "");
  fixture_ok(ask_store_rules_get(fixture()->session, "r3", fixture()->arena, &found, &count));
  ck_assert_uint_eq(count, 1);
  ck_assert_int_eq(found[0].bytes.bytes[0], '1');
}
END_TEST

/* ---- at once ---- */

enum { THREADS = 6, ROUNDS = 8 };

struct worker {
  pthread_t thread;
  pthread_barrier_t *together;
  int number;
  enum ask_store_status rules[ROUNDS], keys[ROUNDS];
  struct ask_uuid partners[ROUNDS];
};

static void *record_and_add(void *argument) {
  struct worker *worker = argument;
  ask_store_session *session = ask_store_session_open(fixture()->store);
  ask_store_ping(session);
  for (int round = 0; round < ROUNDS; round++) {
    const struct ask_rule_file file = {"a", {"1", 1}};
    char hash[32], name[32];
    snprintf(hash, sizeof hash, "rules %d", round);
    snprintf(name, sizeof name, "partner %d", round);
    struct ask_uuid partner = fixture_uuid();
    struct ask_partner_key key = {.id = fixture_uuid(), .name = name, .created = 5000};
    snprintf(key.hash, sizeof key.hash, "%d of %d", worker->number, round);
    pthread_barrier_wait(worker->together);
    worker->rules[round] = ask_store_rules_put(session, hash, &file, 1);
    worker->keys[round] = ask_store_key_add(session, &key, &partner);
    worker->partners[round] = key.partner;
  }
  ask_store_session_close(session);
  return NULL;
}

START_TEST(many_may_record_the_same_at_once) {
  struct worker workers[THREADS] = {0};
  pthread_barrier_t together;
  pthread_barrier_init(&together, NULL, THREADS);
  for (int t = 0; t < THREADS; t++) {
    workers[t].number = t;
    workers[t].together = &together;
    ck_assert_int_eq(pthread_create(&workers[t].thread, NULL, record_and_add, &workers[t]), 0);
  }
  for (int t = 0; t < THREADS; t++) pthread_join(workers[t].thread, NULL);
  pthread_barrier_destroy(&together);
  for (int t = 0; t < THREADS; t++) {
    for (int round = 0; round < ROUNDS; round++) {
      fixture_ok(workers[t].rules[round]);
      fixture_ok(workers[t].keys[round]);
      ck_assert(fixture_same(&workers[t].partners[round], &workers[0].partners[round]));
    }
  }
  struct ask_partner_key *list;
  size_t count = 0;
  fixture_ok(ask_store_keys(fixture()->session, fixture()->arena, &list, &count));
  ck_assert_uint_eq(count, 2 + THREADS * ROUNDS);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_key_is_found_by_its_hash,
                                keys_of_one_name_are_one_partner,
                                a_hash_or_id_that_is_taken_is_a_conflict,
                                all_keys_are_listed_in_the_order_they_were_made,
                                a_revoked_key_stays_revoked,
                                names_are_kept_byte_for_byte,
                                rules_come_back_as_they_were_recorded,
                                rules_are_recorded_once,
                                many_may_record_the_same_at_once,
                                NULL};
  return fixture_main("keys", tests);
}
