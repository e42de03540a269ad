/* Signing in: lockout, sessions and what ends them, passwords that are changed, and many at once. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "service/keys.h"
#include "unit/quick_password.h"
#include "unit/support_accounts.h"

static struct support_accounts s;
static void open_one(void) {
  support_accounts_open(&s);
  support_user(&s, "maria", ASK_ROLE_WORKER, PASSWORD);
}
static void close_one(void) { support_accounts_close(&s); }

static void limits(struct ask_account_limits given) {
  ask_accounts_free(s.accounts);
  s.accounts = ask_accounts_new(&given);
}
#define sign_in(name, password, status) ck_assert_int_eq(support_sign_in(&s, name, password), status)
#define look(token, status) ck_assert_int_eq(support_look(&s, token), status)

/* ---- sessions ------------------------------------------------------------------------------------------------------ */

START_TEST(in_and_out) {
  char first[ASK_SESSION_TOKEN], csrf[ASK_SESSION_TOKEN];
  look("", ASK_ACCOUNT_NONE);
  look("0000000000000000000000000000000000000000000000000000000000000000", ASK_ACCOUNT_NONE);
  sign_in("Maria ", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(strspn(s.token, "0123456789abcdef"), 64);
  ck_assert_uint_eq(strspn(s.info.csrf, "0123456789abcdef"), 64);
  ck_assert_str_ne(s.token, s.info.csrf);
  memcpy(first, s.token, sizeof first);
  memcpy(csrf, s.info.csrf, sizeof csrf);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_str_ne(s.token, first);
  ck_assert_str_ne(s.info.csrf, csrf);
  s.info = (struct ask_session_info){0};
  look(first, ASK_ACCOUNT_OK);
  ck_assert_str_eq(s.info.csrf, csrf);
  ck_assert_str_eq(s.info.user.name, "maria");
  ck_assert_uint_eq(s.info.user.roles, ASK_ROLE_WORKER);
  ck_assert_int_eq(s.info.idle_until, s.now + 30 * MINUTE);
  ck_assert_int_eq(s.info.ends_at, s.now + 12 * HOUR);
  /* a store that somebody steals has no tokens in it */
  ck_assert_int_ne(system(ask_printf(s.arena, "grep -qrF %s %s", first, s.folder)), 0);
  ck_assert_int_eq(system(ask_printf(s.arena, "grep -qrF %s %s", csrf, s.folder)), 0);

  struct ask_text text = {first, strlen(first)};
  ck_assert_int_eq(ask_sign_out(s.session, text), ASK_ACCOUNT_OK);
  look(first, ASK_ACCOUNT_NONE);
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert_int_eq(ask_sign_out(s.session, text), ASK_ACCOUNT_NONE);
  first[0] = 'X';
  look(first, ASK_ACCOUNT_NONE);
  ck_assert_int_eq(ask_sign_out(s.session, text), ASK_ACCOUNT_NONE);
}
END_TEST

START_TEST(wrong_and_unknown_look_the_same) {
  struct ask_user user = support_user(&s, "gone", ASK_ROLE_WORKER, PASSWORD);
  user.disabled = true;
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  static const char *const tries[][2] = {
      {"maria", "violet kettle harbou"}, {"maria", ""},  {"nobody", PASSWORD}, {"gone", PASSWORD},
      {"gone", "something else"},        {"", PASSWORD}, {"no name\n", ""},    {"\xff\xfe", "\xff"},
      {"name:maria", PASSWORD},
  };
  for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
    memset(s.token, 'x', sizeof s.token);
    sign_in(tries[i][0], tries[i][1], ASK_ACCOUNT_WRONG);
    ck_assert_int_eq(s.token[0], 'x');
    ck_assert_int_eq(s.wait, 0);
  }
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
  char *longest = ask_alloc(s.arena, 100001);
  memset(longest, 'a', 100000);
  sign_in(longest, longest, ASK_ACCOUNT_WRONG);
}
END_TEST

START_TEST(idle) {
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  for (int i = 0; i < 3; i++) { /* who works is not idle */
    s.now += 29 * MINUTE;
    look(s.token, ASK_ACCOUNT_OK);
    ck_assert_int_eq(s.info.idle_until, s.now + 30 * MINUTE);
  }
  s.now = s.info.idle_until - 1;
  struct ask_session_info before = s.info;
  s.now -= 29 * MINUTE + 59 * SECOND; /* a second later: not written down */
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert_int_eq(s.info.idle_until, before.idle_until);
  s.now = before.idle_until;
  look(s.token, ASK_ACCOUNT_IDLE);
  look(s.token, ASK_ACCOUNT_NONE);
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
}
END_TEST

START_TEST(the_end_comes_whatever_happens) {
  limits((struct ask_account_limits){.idle_seconds = 3600, .session_seconds = 7200});
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  int64_t end = s.now + 2 * HOUR;
  for (int i = 0; i < 3; i++) {
    s.now += 35 * MINUTE;
    look(s.token, ASK_ACCOUNT_OK);
    ck_assert_int_eq(s.info.ends_at, end);
    ck_assert_int_le(s.info.idle_until, end);
  }
  ck_assert_int_eq(s.info.idle_until, end);
  s.now = end - 1;
  look(s.token, ASK_ACCOUNT_OK);
  s.now = end;
  look(s.token, ASK_ACCOUNT_ENDED);
  look(s.token, ASK_ACCOUNT_NONE);
}
END_TEST

/* The one session that there is. */
static struct ask_document the_session(void) {
  struct ask_document *found = NULL;
  size_t count = 0;
  ck_assert_int_eq(ask_store_document_find(s.session, "session", NULL, 0, 0, 10, s.arena, &found, NULL, &count),
                   ASK_STORE_OK);
  ck_assert_uint_eq(count, 1);
  return found[0];
}

START_TEST(a_request_is_written_down_once_a_minute) {
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  int64_t began = s.now;
  for (int i = 0; i < 59; i++) {
    s.now += SECOND;
    look(s.token, ASK_ACCOUNT_OK);
  }
  ck_assert_int_eq(the_session().version, 1);
  s.now += SECOND;
  look(s.token, ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert_int_eq(the_session().version, 2);
  ck_assert_int_eq(s.info.idle_until, began + 31 * MINUTE);
  ck_assert_int_eq(s.info.user.signed_in, began);
  /* with a short limit more often: who works is not idle */
  limits((struct ask_account_limits){.idle_seconds = 60});
  for (int i = 0; i < 10; i++) {
    s.now += 30 * SECOND;
    look(s.token, ASK_ACCOUNT_OK);
  }
}
END_TEST

START_TEST(old_sessions_are_swept_away) {
  struct ask_user other = support_user(&s, "other", ASK_ROLE_WORKER, PASSWORD);
  (void)other;
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  s.now += 29 * MINUTE;
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "session"), 3);
  s.now += 2 * MINUTE; /* two are idle */
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "session"), 2);
  s.now += 3 * DAY; /* nobody came back to them; somebody else signs in */
  sign_in("other", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "session"), 1);
  look(s.token, ASK_ACCOUNT_OK);
  /* no more than sixteen of one user, the newest */
  char oldest[ASK_SESSION_TOKEN];
  memcpy(oldest, s.token, sizeof oldest);
  for (int i = 0; i < 16; i++) {
    look(oldest, ASK_ACCOUNT_OK);
    sign_in("other", PASSWORD, ASK_ACCOUNT_OK);
  }
  look(oldest, ASK_ACCOUNT_NONE);
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "session"), 16);
}
END_TEST

START_TEST(disabling_ends_sessions) {
  struct ask_user user = support_user_now(&s, "maria");
  support_user(&s, "other", ASK_ROLE_WORKER, PASSWORD);
  char others[ASK_SESSION_TOKEN];
  sign_in("other", PASSWORD, ASK_ACCOUNT_OK);
  memcpy(others, s.token, sizeof others);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  user.disabled = true;
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "session"), 1);
  look(s.token, ASK_ACCOUNT_NONE);
  look(others, ASK_ACCOUNT_OK);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_WRONG);
  user.disabled = false;
  user.roles = ASK_ROLE_NURSE;
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_NONE);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(s.info.user.roles, ASK_ROLE_NURSE);
  user.roles = ASK_ROLE_AUDITOR; /* counts at the next request */
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(s.info.user.roles, ASK_ROLE_AUDITOR);
}
END_TEST

/* ---- lockout ------------------------------------------------------------------------------------------------------- */

static void fails(int times, const char *name) {
  for (int i = 0; i < times; i++) sign_in(name, "not the password", ASK_ACCOUNT_WRONG);
}
static void locked(const char *name, int64_t wait) {
  sign_in(name, PASSWORD, ASK_ACCOUNT_LOCKED);
  ck_assert_int_eq(s.wait, wait);
}

START_TEST(failures_lock_a_name) {
  static const char *const names[] = {"maria", "nobody", "not a name"}; /* whether somebody has it or not */
  for (size_t i = 0; i < 3; i++) {
    fails(5, names[i]);
    locked(names[i], 60);
    s.now += 59 * SECOND + 1;
    locked(names[i], 1); /* trying makes it no longer */
    locked(names[i], 1);
    s.now += SECOND;
    fails(1, names[i]);
    locked(names[i], 120);
    s.now += 120 * SECOND;
    fails(1, names[i]);
    locked(names[i], 240);
    s.now += 240 * SECOND;
  }
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  fails(4, "maria"); /* from the beginning */
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(a_lock_is_a_day_at_most) {
  int64_t wait = 60;
  fails(4, "MARIA");
  for (int i = 0; i < 14; i++) {
    fails(1, " maria"); /* all ways to write it are one name */
    locked("Maria ", wait);
    s.now += wait * SECOND;
    wait = 2 * wait < 86400 ? 2 * wait : 86400;
  }
  ck_assert_int_eq(wait, 86400);
  s.now += 3 * DAY; /* forgotten */
  fails(4, "maria");
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_uint_eq(support_documents(&s, "attempt"), 0);
}
END_TEST

START_TEST(limits_are_set) {
  limits((struct ask_account_limits){.tries = 3, .lock_seconds = 10});
  fails(3, "maria");
  locked("maria", 10);
  s.now += 10 * SECOND;
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(a_lock_of_a_clock_that_was_wrong) {
  s.now += 1000 * DAY;
  fails(5, "maria");
  s.now -= 1000 * DAY;
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
}
END_TEST

static void put_attempt(int64_t at) {
  const char *day = ask_printf(s.arena, "day:%lld", (long long)(at / DAY));
  struct ask_document_key key = {{day, strlen(day)}, false};
  struct ask_document document = {.kind = "attempt", .id = ask_uuid_new(), .version = 1, .at = at, .body = {"{}", 2}};
  ck_assert_int_eq(ask_store_document_put(s.session, &document, &key, 1), ASK_STORE_OK);
}

START_TEST(attempts_of_former_days_go) {
  for (int i = 0; i < 6; i++) put_attempt(s.now - 5 * DAY);
  put_attempt(s.now - DAY);
  fails(1, "first");
  ck_assert_uint_eq(support_documents(&s, "attempt"), 4);
  fails(1, "second");
  ck_assert_uint_eq(support_documents(&s, "attempt"), 3);
}
END_TEST

/* ---- passwords ----------------------------------------------------------------------------------------------------- */

#define OTHER "basalt lantern ferry"
static enum ask_account_status set_password(const char *old, const char *password, const char *keep) {
  struct ask_uuid id = support_user_now(&s, "maria").id;
  return ask_user_set_password(s.accounts, s.session, &id, old, password, keep, s.now, s.arena, &s.problems);
}

START_TEST(a_person_chooses_another_password) {
  char first[ASK_SESSION_TOKEN];
  struct ask_user user = support_user_now(&s, "maria");
  const char *made;
  ck_assert_int_eq(ask_user_reset(s.accounts, s.session, &user.id, s.now, s.arena, &made), ASK_ACCOUNT_OK);
  sign_in("maria", made, ASK_ACCOUNT_OK);
  ck_assert(s.info.user.change_password);
  memcpy(first, s.token, sizeof first);
  sign_in("maria", made, ASK_ACCOUNT_OK);
  ck_assert_int_eq(set_password("not the one", OTHER, s.token), ASK_ACCOUNT_WRONG);
  ck_assert_int_eq(set_password(made, "short", s.token), ASK_ACCOUNT_REFUSED);
  ck_assert_str_eq(support_problem(&s), "password: a password needs at least 12 characters");
  ck_assert_int_eq(set_password(made, made, s.token), ASK_ACCOUNT_REFUSED);
  ck_assert_str_eq(support_problem(&s), "password: this is the password that you have");
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert(s.info.user.change_password);
  ck_assert_int_eq(set_password(made, OTHER, s.token), ASK_ACCOUNT_OK);
  look(first, ASK_ACCOUNT_NONE); /* the other session ended */
  look(s.token, ASK_ACCOUNT_OK);
  ck_assert(!s.info.user.change_password);
  ck_assert_uint_eq(support_documents(&s, "session"), 1);
  sign_in("maria", made, ASK_ACCOUNT_WRONG);
  sign_in("maria", OTHER, ASK_ACCOUNT_OK);
  ck_assert_int_eq(set_password(OTHER, PASSWORD, NULL), ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_NONE);
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
}
END_TEST

START_TEST(the_old_password_is_not_guessed_in_a_session) {
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  for (int i = 0; i < 5; i++) ck_assert_int_eq(set_password("not the one", OTHER, s.token), ASK_ACCOUNT_WRONG);
  ck_assert_int_eq(set_password(PASSWORD, OTHER, s.token), ASK_ACCOUNT_LOCKED);
  locked("maria", 60);
  look(s.token, ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(another_users_session_is_not_kept) {
  support_user(&s, "other", ASK_ROLE_WORKER, PASSWORD);
  sign_in("other", PASSWORD, ASK_ACCOUNT_OK);
  char others[ASK_SESSION_TOKEN];
  memcpy(others, s.token, sizeof others);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  ck_assert_int_eq(set_password(PASSWORD, OTHER, others), ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_NONE);
  look(others, ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(a_reset_ends_sessions_and_lifts_a_lock) {
  const char *made = NULL;
  struct ask_user user = support_user_now(&s, "maria");
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  fails(5, "maria");
  locked("maria", 60);
  ck_assert_int_eq(ask_user_reset(s.accounts, s.session, &user.id, s.now, s.arena, &made), ASK_ACCOUNT_OK);
  look(s.token, ASK_ACCOUNT_NONE);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_WRONG);
  sign_in("maria", made, ASK_ACCOUNT_OK);
  ck_assert(s.info.user.change_password);
  struct ask_uuid nobody = {{1}};
  ck_assert_int_eq(ask_user_reset(s.accounts, s.session, &nobody, s.now, s.arena, &made), ASK_ACCOUNT_NOT_FOUND);
}
END_TEST

/* ---- a sign-in that crosses what ends sessions ------------------------------------------------------------------------ */

/* The session again after all were removed: as one that was being made then. */
static void put_back(struct ask_document document) {
  char hash[ASK_HASH_TEXT];
  ask_key_hash((struct ask_text){s.token, strlen(s.token)}, hash);
  const char *text = ask_printf(s.arena, "token:%s", hash);
  struct ask_document_key key = {{text, strlen(text)}, true};
  document.kind = "session";
  document.version = 1;
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
  ck_assert_int_eq(ask_store_document_put(s.session, &document, &key, 1), ASK_STORE_OK);
}

START_TEST(a_session_of_an_earlier_password_is_over) {
  const char *made = NULL;
  struct ask_user user = support_user_now(&s, "maria");
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  struct ask_document session = the_session();
  ck_assert_int_eq(ask_user_reset(s.accounts, s.session, &user.id, s.now, s.arena, &made), ASK_ACCOUNT_OK);
  put_back(session);
  look(s.token, ASK_ACCOUNT_NONE);
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
}
END_TEST

START_TEST(a_session_of_somebody_disabled_is_over) {
  struct ask_user user = support_user_now(&s, "maria");
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  struct ask_document session = the_session();
  user.disabled = true;
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  put_back(session);
  look(s.token, ASK_ACCOUNT_NONE);
  ck_assert_uint_eq(support_documents(&s, "session"), 0);
}
END_TEST

/* ---- at the same moment ---------------------------------------------------------------------------------------------- */

enum { THREADS = 12 };
struct worker {
  pthread_t thread;
  const char *password;
  enum ask_account_status status;
};

static void *try_once(void *argument) {
  struct worker *worker = argument;
  ask_store_session *session = ask_store_session_open(s.store);
  struct ask_arena *arena = ask_arena_new();
  char token[ASK_SESSION_TOKEN];
  struct ask_session_info info;
  struct ask_text password = {worker->password, strlen(worker->password)};
  worker->status =
      ask_sign_in(s.accounts, session, (struct ask_text){"maria", 5}, password, s.now, arena, token, &info, NULL);
  ask_arena_free(arena);
  ask_store_session_close(session);
  return NULL;
}

/* Of a dozen guesses at once no more are looked at than of a dozen one after another. */
START_TEST(guesses_at_once_get_no_more_tries) {
  struct worker workers[THREADS];
  int wrong = 0;
  for (int i = 0; i < THREADS; i++) {
    workers[i] = (struct worker){.password = "not the password"};
    ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, try_once, &workers[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) {
    pthread_join(workers[i].thread, NULL);
    wrong += workers[i].status == ASK_ACCOUNT_WRONG;
    ck_assert(workers[i].status == ASK_ACCOUNT_WRONG || workers[i].status == ASK_ACCOUNT_LOCKED);
  }
  ck_assert_int_le(wrong, 5);
  ck_assert_int_ge(wrong, 1);
}
END_TEST

struct rival {
  pthread_t thread;
  struct ask_user other;
  enum ask_account_status status;
};

static void *disable_other(void *argument) {
  struct rival *rival = argument;
  ask_store_session *session = ask_store_session_open(s.store);
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_user user = rival->other;
  user.disabled = true;
  rival->status = ask_user_change(session, &user, s.now, arena, &problems);
  ask_arena_free(arena);
  ask_store_session_close(session);
  return NULL;
}

START_TEST(two_administrators_disable_each_other) {
  support_user(&s, "first", ASK_ROLE_ADMINISTRATOR, PASSWORD);
  support_user(&s, "second", ASK_ROLE_ADMINISTRATOR, PASSWORD);
  for (int round = 0; round < 40; round++) {
    struct rival rivals[2] = {{.other = support_user_now(&s, "first")}, {.other = support_user_now(&s, "second")}};
    for (int i = 0; i < 2; i++) ck_assert_int_eq(pthread_create(&rivals[i].thread, NULL, disable_other, &rivals[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(rivals[i].thread, NULL);
    struct ask_user first = support_user_now(&s, "first"), second = support_user_now(&s, "second");
    ck_assert(!first.disabled || !second.disabled);
    ck_assert(rivals[0].status != ASK_ACCOUNT_OK || rivals[1].status != ASK_ACCOUNT_OK);
    struct ask_user *again = first.disabled ? &first : &second;
    again->disabled = false;
    ck_assert_int_eq(ask_user_change(s.session, again, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  }
}
END_TEST

START_TEST(a_store_that_is_damaged) {
  struct ask_user user = support_user_now(&s, "maria");
  sign_in("maria", PASSWORD, ASK_ACCOUNT_OK);
  struct ask_document document = {.kind = "user", .id = user.id, .version = 2, .at = s.now, .body = {"{}", 2}};
  struct ask_document_key key = {{"name:maria", 10}, true};
  ck_assert_int_eq(ask_store_document_put(s.session, &document, &key, 1), ASK_STORE_OK);
  look(s.token, ASK_ACCOUNT_AWAY);
  sign_in("maria", PASSWORD, ASK_ACCOUNT_AWAY);
  ck_assert_int_eq(ask_user_get(s.session, &user.id, s.arena, &user), ASK_ACCOUNT_AWAY);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service sessions");
  TCase *tests = tcase_create("sessions");
  tcase_set_timeout(tests, 60);
  tcase_add_checked_fixture(tests, open_one, close_one);
  tcase_add_test(tests, in_and_out);
  tcase_add_test(tests, wrong_and_unknown_look_the_same);
  tcase_add_test(tests, idle);
  tcase_add_test(tests, the_end_comes_whatever_happens);
  tcase_add_test(tests, a_request_is_written_down_once_a_minute);
  tcase_add_test(tests, old_sessions_are_swept_away);
  tcase_add_test(tests, disabling_ends_sessions);
  tcase_add_test(tests, failures_lock_a_name);
  tcase_add_test(tests, a_lock_is_a_day_at_most);
  tcase_add_test(tests, limits_are_set);
  tcase_add_test(tests, a_lock_of_a_clock_that_was_wrong);
  tcase_add_test(tests, attempts_of_former_days_go);
  tcase_add_test(tests, a_person_chooses_another_password);
  tcase_add_test(tests, the_old_password_is_not_guessed_in_a_session);
  tcase_add_test(tests, another_users_session_is_not_kept);
  tcase_add_test(tests, a_reset_ends_sessions_and_lifts_a_lock);
  tcase_add_test(tests, a_session_of_an_earlier_password_is_over);
  tcase_add_test(tests, a_session_of_somebody_disabled_is_over);
  tcase_add_test(tests, guesses_at_once_get_no_more_tries);
  tcase_add_test(tests, two_administrators_disable_each_other);
  tcase_add_test(tests, a_store_that_is_damaged);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
