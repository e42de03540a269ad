/* Contract: what was written is there after closing and opening; sessions see each other's writes; a place without a store
 * is not taken for one. */
#include "contract/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *refusal(const char *url, bool create) {
  struct ask_problems problems = {.arena = fixture()->arena};
  struct ask_store_options options = {.create = create, .busy_seconds = 1};
  struct ask_store *store = ask_store_open(url, &options, &problems);
  ck_assert_msg(store == NULL, "%s was opened", url);
  ck_assert_uint_ge(problems.errors, 1);
  ck_assert_str_ne(problems.list[0].message, "");
  ck_assert_ptr_nonnull(problems.list[0].hint);
  return problems.list[0].code;
}

START_TEST(everything_is_there_after_opening_again) {
  struct ask_uuid id = fixture_uuid(), made;
  int32_t number;
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
  fixture_key(&write, "k", 'x');
  fixture_ok(fixture_commit(&write));
  for (int times = 0; times < 3; times++) {
    fixture_reopen();
    fixture_expect(fixture()->session, &write);
    struct ask_partner_key key;
    struct ask_rule_file *files;
    size_t count;
    fixture_ok(ask_store_key_find(fixture()->session, fixture()->ours.hash, fixture()->arena, &key));
    fixture_ok(ask_store_rules_get(fixture()->session, FIXTURE_RULES, fixture()->arena, &files, &count));
    fixture_is(ask_store_repeated(fixture()->session, &fixture()->ours.partner, write.idempotency_key,
                                  write.fingerprint, &made, &number),
               ASK_STORE_REPEATED);
  }
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2);
  fixture_ok(fixture_commit(&second));
}
END_TEST

START_TEST(it_opens_without_leave_to_make_it) {
  struct ask_store_options options = {.create = false};
  struct ask_store *store = ask_store_open(fixture()->url, &options, &fixture()->problems);
  ck_assert(store != NULL);
  ask_store_session *session = ask_store_session_open(store);
  fixture_ok(ask_store_ping(session));
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

START_TEST(sessions_see_what_is_committed) {
  ask_store_session *other = ask_store_session_open(fixture()->store);
  struct ask_uuid id = fixture_uuid();
  struct ask_revision found;
  /* Before: so that it is connected, and has read. */
  fixture_is(ask_store_get(other, &fixture()->ours.partner, &id, 0, fixture()->arena, &found), ASK_STORE_NOT_FOUND);
  for (int32_t n = 1; n <= 3; n++) {
    struct ask_write write = fixture_write(&fixture()->ours, &id, n);
    fixture_ok(fixture_commit(&write));
    fixture_expect(other, &write);
    fixture_ok(ask_store_get(other, &fixture()->ours.partner, &id, 0, fixture()->arena, &found));
    ck_assert_int_eq(found.number, n);
  }
  ask_store_session_close(other);
}
END_TEST

START_TEST(two_sessions_write_in_turn) {
  ask_store_session *other = ask_store_session_open(fixture()->store);
  struct ask_uuid id = fixture_uuid();
  for (int32_t n = 1; n <= 5; n++) {
    struct ask_write write = fixture_write(&fixture()->ours, &id, n), *group[] = {&write};
    ask_store_commit(n % 2 ? other : fixture()->session, group, 1);
    fixture_ok(write.status);
  }
  ask_store_session_close(other);
}
END_TEST

START_TEST(a_session_that_did_nothing_closes) {
  ask_store_session *other = ask_store_session_open(fixture()->store);
  ck_assert_str_eq(ask_store_message(other), "");
  ck_assert_ptr_null(ask_store_session_close(other));
  ck_assert_ptr_null(ask_store_session_close(NULL));
  ck_assert_ptr_null(ask_store_close(NULL));
}
END_TEST

START_TEST(the_kind_and_the_place_are_told) {
  bool sqlite = fixture_is_sqlite();
  ck_assert_str_eq(ask_store_kind(fixture()->store), sqlite ? "sqlite" : "postgresql");
  ck_assert(ask_store_is_remote(fixture()->store) == !sqlite);
  ck_assert_ptr_nonnull(ask_store_shown(fixture()->store));
}
END_TEST

START_TEST(where_there_is_no_store_none_is_made_unasked) {
  char url[FIXTURE_URL + 16];
  if (fixture_is_sqlite()) {
    snprintf(url, sizeof url, "sqlite:%s/other.db", fixture()->folder);
  } else {
    ck_assert(fixture_pg_fresh_url(url, sizeof url));
  }
  ck_assert_str_eq(refusal(url, false), "no-store");
  ck_assert_str_eq(refusal(url, false), "no-store"); /* the first try left nothing */
}
END_TEST

START_TEST(an_unknown_kind_of_store_is_a_problem) {
  ck_assert_str_eq(refusal("mysql://localhost/x", true), "unknown-store");
}
END_TEST

int main(void) {
  const TTest *const tests[] = {everything_is_there_after_opening_again,
                                it_opens_without_leave_to_make_it,
                                sessions_see_what_is_committed,
                                two_sessions_write_in_turn,
                                a_session_that_did_nothing_closes,
                                the_kind_and_the_place_are_told,
                                where_there_is_no_store_none_is_made_unasked,
                                an_unknown_kind_of_store_is_a_problem,
                                NULL};
  return fixture_main("open", tests);
}
