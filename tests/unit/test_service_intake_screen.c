/* Screening: the same bytes as the command, refusals that name each value, seats that follow a reload, keys. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/pointer.h"
#include "unit/support_intake.h"

static struct support_intake s;

static void setup(void) { support_intake_open(&s, true); }
static void teardown(void) { support_intake_close(&s); }

static const char household[] =
    "{\"as_of\":\"2026-11-23\",\"id\":\"x\",\"answers\":{\"age\":40,\"people\":1,\"income\":900}}";

START_TEST(says_what_the_command_says) {
  for (enum ask_detail detail = ASK_DETAIL_STATUS; detail <= ASK_DETAIL_TREE; detail++)
    for (int next = 0; next < 2; next++) {
      ck_assert_int_eq(support_screen(&s, household, detail, next, NULL), ASK_DONE);
      ck_assert_str_eq(support_body(&s), support_direct(&s, household, detail, next));
    }
  ck_assert_int_eq(support_screen(&s, household, ASK_DETAIL_REASONS, true, "rent"), ASK_DONE);
  ck_assert_ptr_nonnull(strstr(support_body(&s), "\"programs\":[\"rent\"]"));
  ck_assert_ptr_null(strstr(support_body(&s), "\"program\":\"food\""));
  ck_assert_int_eq(support_screen(&s, household, ASK_DETAIL_REASONS, true, "rent,fod"), ASK_UNACCEPTABLE);
  ck_assert_str_eq(support_problems(&s), "unknown-program programs: there is no program 'fod' in pack small\n");
}
END_TEST

static const struct {
  const char *body;
  enum ask_outcome outcome;
  const char *code, *pointer; /* of the first problem */
} refused[] = {
    {"", ASK_MALFORMED, "empty", ""},
    {"{", ASK_MALFORMED, "truncated", ""},
    {"{\"answers\":{\"dob\":\"2000-01-01\",\"dob\":\"2000-01-02\"}}", ASK_MALFORMED, "duplicate-key", "/answers/dob"},
    {"{\"answers\":{},\"answers\":{}}", ASK_MALFORMED, "duplicate-key", "/answers"},
    {"{\"answers\":{\"members\":[{},[],{\"a/~\":0,\"a/~\":0}]}}", ASK_MALFORMED, "duplicate-key",
     "/answers/members/2/a~1~0"},
    {"{\"x\":{\"y\":[[1,2],[{},{\"\":1,\"\":2}]]}}", ASK_MALFORMED, "duplicate-key", "/x/y/1/1/"},
    {"{\"answers\":{\"age\":\"\xff\"}}", ASK_MALFORMED, "not-utf8", ""},
    {"{\"answers\":{\"income\":1.005}}", ASK_UNACCEPTABLE, "out-of-range", "/answers/income"},
    {"{\"answers\":{\"members\":[{\"pay\":1},{\"pay\":\"1\"}]}}", ASK_UNACCEPTABLE, "wrong-type",
     "/answers/members/1/pay"},
    {"{\"answers\":{\"a.b[0]/\":1}}", ASK_UNACCEPTABLE, "unknown-item", "/answers/a.b[0]~1"},
    {"{\"answers\":{\"\":1}}", ASK_UNACCEPTABLE, "unknown-item", "/answers/"},
    {"{\"answers\":{},\"a.b\":1}", ASK_UNACCEPTABLE, "unknown-key", "/a.b"},
    {"{\"answers\":{},\"as_of\":\"tomorrow\"}", ASK_UNACCEPTABLE, "bad-date", "/as_of"},
    {"{\"answers\":{},\"id\":7}", ASK_UNACCEPTABLE, "wrong-type", "/id"},
    {"[]", ASK_UNACCEPTABLE, "wrong-type", ""},
};

START_TEST(refuses) {
  struct ask_buffer pointer = {0};
  ck_assert_int_eq(support_screen(&s, refused[_i].body, ASK_DETAIL_STATUS, false, NULL), refused[_i].outcome);
  ck_assert_uint_eq(s.reply.problems.count, 1);
  const struct ask_problem *problem = &s.reply.problems.list[0];
  ck_assert_str_eq(problem->code, refused[_i].code);
  ask_buffer_puts(&pointer, "");
  ask_pointer_from_path(&pointer, problem->path);
  ck_assert_str_eq(pointer.bytes, refused[_i].pointer);
  ck_assert(problem->at.line == 1 && problem->at.column > 0);
  ck_assert_uint_eq(s.body.length, 0);
  ask_buffer_free(&pointer);
}
END_TEST

START_TEST(names_every_value) {
  ck_assert_int_eq(support_screen(&s, "{\"answers\":{\"age\":\"x\",\"people\":0,\"nothing\":1,\"home\":\"rent\"}}",
                                  ASK_DETAIL_STATUS, false, NULL),
                   ASK_UNACCEPTABLE);
  ck_assert_uint_eq(s.reply.problems.count, 4);
}
END_TEST

/* ---- seats --------------------------------------------------------------------------------------------------------- */

START_TEST(follows_a_reload) {
  struct ask_seat *other = ask_seat_take(s.intake); /* a second one, with a desk, not in use while the rules change */
  struct ask_view view = {.detail = ASK_DETAIL_TREE};
  struct ask_text body = {household, strlen(household)};
  ck_assert_ptr_ne(other, s.seat);
  ck_assert_int_eq(ask_intake_screen(other, body, &view, support_reply(&s)), ASK_DONE);
  ask_seat_give_back(other);
  ck_assert_int_eq(support_screen(&s, household, ASK_DETAIL_TREE, false, NULL), ASK_DONE);
  ck_assert_ptr_nonnull(strstr(support_body(&s), "is an adult"));
  support_intake_shell(&s, "sed -i 's/is an adult/is of age/' plugins/small/food/plugin.lua");
  support_intake_reload(&s);
  ck_assert_int_eq(support_screen(&s, household, ASK_DETAIL_TREE, false, NULL), ASK_DONE);
  ck_assert_ptr_nonnull(strstr(support_body(&s), "is of age"));
  struct ask_seat *again = ask_seat_take(s.intake);
  ck_assert_int_eq(ask_intake_screen(again, body, &view, support_reply(&s)), ASK_DONE);
  ck_assert_ptr_nonnull(strstr(support_body(&s), "is of age"));
  ask_seat_give_back(again);
}
END_TEST

static void *screen_often(void *context) {
  struct support_intake mine = s;
  mine.arena = ask_arena_new();
  mine.body = (struct ask_buffer){0};
  for (int i = 0; i < 200; i++) {
    mine.seat = ask_seat_take(s.intake);
    ck_assert_int_eq(support_screen(&mine, household, ASK_DETAIL_TREE, true, NULL), ASK_DONE);
    ask_seat_give_back(mine.seat);
  }
  ask_buffer_free(&mine.body);
  ask_arena_free(mine.arena);
  return context;
}

START_TEST(goes_on_while_rules_change) {
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, screen_often, NULL), 0);
  for (int i = 0; i < 5; i++) {
    support_intake_shell(
        &s, ask_printf(s.arena, "sed -i 's/Food Act 3[^\"]*/Food Act 3 (%d)/' plugins/small/food/plugin.lua", i));
    support_intake_reload(&s);
  }
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
}
END_TEST

/* ---- keys ---------------------------------------------------------------------------------------------------------- */

static enum ask_outcome whose(const char *key, struct ask_caller *ret) {
  const char *name = NULL;
  enum ask_outcome outcome = ask_intake_authenticate(s.seat, (struct ask_text){key, strlen(key)}, ret, &name);
  if (outcome == ASK_DONE) ck_assert_str_eq(name, "Caller");
  return outcome;
}

static bool remembered(const char *key) {
  struct ask_caller caller;
  const char *name;
  return ask_intake_authenticated(s.intake, (struct ask_text){key, strlen(key)}, &caller, &name);
}

START_TEST(knows_keys) {
  struct ask_caller caller = {0};
  ck_assert(!remembered(s.key));
  ck_assert_int_eq(whose(s.key, &caller), ASK_DONE);
  ck_assert_mem_eq(&caller, &s.caller, sizeof caller);
  ck_assert(remembered(s.key));
  char other[ASK_KEY_TEXT];
  memcpy(other, s.key, sizeof other);
  other[20] = other[20] == 'x' ? 'y' : 'x';
  static const char *const none[] = {"", "ask_", "ask_short", "bearer",
                                     "ask_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"};
  ck_assert_int_eq(whose(other, &caller), ASK_NO_SUCH);
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) ck_assert_int_eq(whose(none[i], &caller), ASK_NO_SUCH);
  ck_assert(!remembered(other));
}
END_TEST

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Used all the time, as a server does: from memory, and from the store when memory says so. */
START_TEST(forgets_a_revoked_key_within_a_second) {
  struct ask_caller caller;
  ask_store_session *session = ask_store_session_open(s.store);
  ck_assert_int_eq(whose(s.key, &caller), ASK_DONE);
  ck_assert_int_eq(ask_store_key_revoke(session, &s.caller.key, ask_now()), ASK_STORE_OK);
  double begin = seconds();
  long from_memory = 0;
  enum ask_outcome outcome = ASK_DONE;
  while (outcome == ASK_DONE && seconds() < begin + 3) {
    if (remembered(s.key))
      from_memory++;
    else
      outcome = whose(s.key, &caller);
  }
  ck_assert_int_eq(outcome, ASK_NO_SUCH);
  ck_assert_msg(seconds() - begin < 1.1, "after %.2f s", seconds() - begin);
  ck_assert_int_gt(from_memory, 100);
  ck_assert(!remembered(s.key));
  ask_store_session_close(session);
}
END_TEST

START_TEST(keeps_a_key_that_is_in_force) {
  struct ask_caller caller;
  double begin = seconds();
  long asked = 0;
  while (seconds() < begin + 2.2)
    if (!remembered(s.key)) {
      ck_assert_int_eq(whose(s.key, &caller), ASK_DONE);
      asked++;
    }
  ck_assert_msg(asked >= 3 && asked < 20, "%ld", asked); /* about every half second */
}
END_TEST

/* More keys than are remembered. */
START_TEST(knows_many_keys) {
  enum { MANY = 5000 };
  ask_store_session *session = ask_store_session_open(s.store);
  char(*keys)[ASK_KEY_TEXT] = calloc(MANY, sizeof *keys);
  ck_assert_ptr_nonnull(keys);
  for (int i = 0; i < MANY; i++) {
    struct ask_partner_key made = {.id = ask_uuid_new(), .name = "Caller", .created = 1};
    struct ask_uuid partner = ask_uuid_new();
    memset(keys[i], 'a', ASK_KEY_TEXT - 1);
    memcpy(keys[i], "ask_", 4);
    for (int digit = 10, left = i; digit < 16; digit++, left /= 10) keys[i][digit] = (char)('0' + left % 10);
    ask_key_hash((struct ask_text){keys[i], ASK_KEY_TEXT - 1}, made.hash);
    if (i % 10 == 0) /* the others are unknown */
      ck_assert_int_eq(ask_store_key_add(session, &made, &partner), ASK_STORE_OK);
  }
  for (int turn = 0; turn < 2; turn++)
    for (int i = 0; i < MANY; i++) {
      struct ask_caller caller;
      ck_assert_int_eq(whose(keys[i], &caller), i % 10 == 0 ? ASK_DONE : ASK_NO_SUCH);
    }
  free(keys);
  ask_store_session_close(session);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service_intake_screen");
  TCase *one = tcase_create("service_intake_screen");
  tcase_set_timeout(one, 60);
  tcase_add_checked_fixture(one, setup, teardown);
  tcase_add_test(one, says_what_the_command_says);
  tcase_add_loop_test(one, refuses, 0, sizeof refused / sizeof *refused);
  tcase_add_test(one, names_every_value);
  tcase_add_test(one, follows_a_reload);
  tcase_add_test(one, goes_on_while_rules_change);
  tcase_add_test(one, knows_keys);
  tcase_add_test(one, forgets_a_revoked_key_within_a_second);
  tcase_add_test(one, keeps_a_key_that_is_in_force);
  tcase_add_test(one, knows_many_keys);
  suite_add_tcase(suite, one);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
