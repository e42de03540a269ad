/* Contract: accounts stand on any store: users, sessions, a lock, and many who try one name at once. What accounts mean is tested in
 * tests/unit/test_service_accounts.c and test_service_sessions.c. */
#include "contract/store_fixture.h"

#include <pthread.h>

#include "service/accounts.h"

static const int64_t NOW = INT64_C(1795800000000000), MINUTE = INT64_C(60000000);
static const char PASSWORD[] = "violet kettle harbour";

static struct ask_text text_of(const char *text) { return (struct ask_text){text, strlen(text)}; }

static struct ask_user add(struct ask_accounts *accounts, const char *name, unsigned roles) {
  struct ask_user user = {.name = name, .roles = roles};
  const char *made = NULL;
  ck_assert_int_eq(
      ask_user_add(accounts, fixture()->session, &user, PASSWORD, NOW, fixture()->arena, &made, &fixture()->problems),
      ASK_ACCOUNT_OK);
  return user;
}

START_TEST(a_user_signs_in_and_is_disabled) {
  struct fixture *f = fixture();
  struct ask_accounts *accounts = ask_accounts_new(NULL);
  struct ask_user maria = add(accounts, "maria", ASK_ROLE_WORKER), again = {.name = "Maria", .roles = ASK_ROLE_NURSE};
  struct ask_session_info info;
  struct ask_user *users = NULL;
  size_t count = 0;
  const char *made = NULL;
  char token[ASK_SESSION_TOKEN];
  ck_assert_int_eq(ask_user_add(accounts, f->session, &again, NULL, NOW, f->arena, &made, &f->problems),
                   ASK_ACCOUNT_TAKEN);
  ck_assert_int_eq(
      ask_sign_in(accounts, f->session, text_of("maria"), text_of("something else"), NOW, f->arena, token, &info, NULL),
      ASK_ACCOUNT_WRONG);
  ck_assert_int_eq(
      ask_sign_in(accounts, f->session, text_of("maria"), text_of(PASSWORD), NOW, f->arena, token, &info, NULL),
      ASK_ACCOUNT_OK);
  fixture_reopen();
  for (int minute = 1; minute < 4; minute++) { /* each is written down */
    ck_assert_int_eq(ask_session_look(accounts, f->session, text_of(token), NOW + minute * MINUTE, f->arena, &info),
                     ASK_ACCOUNT_OK);
    ck_assert_int_eq(info.idle_until, NOW + (minute + 30) * MINUTE);
  }
  ck_assert_int_eq(ask_user_list(f->session, f->arena, &users, &count), ASK_ACCOUNT_OK);
  ck_assert_uint_eq(count, 1);
  ck_assert_int_eq(users[0].signed_in, NOW);
  maria.disabled = true;
  ck_assert_int_eq(ask_user_change(f->session, &maria, NOW, f->arena, &f->problems), ASK_ACCOUNT_OK);
  ck_assert_int_eq(ask_session_look(accounts, f->session, text_of(token), NOW + 4 * MINUTE, f->arena, &info),
                   ASK_ACCOUNT_NONE);
  ask_accounts_free(accounts);
}
END_TEST

enum { THREADS = 10 };
struct guess {
  pthread_t thread;
  struct ask_accounts *accounts;
  enum ask_account_status status;
};

static void *try_once(void *argument) {
  struct guess *guess = argument;
  ask_store_session *session = ask_store_session_open(fixture()->store);
  struct ask_arena *arena = ask_arena_new();
  struct ask_session_info info;
  char token[ASK_SESSION_TOKEN];
  guess->status = ask_sign_in(guess->accounts, session, text_of("maria"), text_of("not the password"), NOW, arena,
                              token, &info, NULL);
  ask_arena_free(arena);
  ask_store_session_close(session);
  return NULL;
}

START_TEST(guesses_at_once_are_all_counted) {
  struct fixture *f = fixture();
  struct ask_accounts *accounts = ask_accounts_new(&(struct ask_account_limits){.tries = 3});
  struct guess guesses[THREADS];
  struct ask_session_info info;
  char token[ASK_SESSION_TOKEN];
  int wrong = 0;
  add(accounts, "maria", ASK_ROLE_WORKER);
  for (int i = 0; i < THREADS; i++) {
    guesses[i] = (struct guess){.accounts = accounts};
    ck_assert_int_eq(pthread_create(&guesses[i].thread, NULL, try_once, &guesses[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) {
    pthread_join(guesses[i].thread, NULL);
    ck_assert_msg(guesses[i].status == ASK_ACCOUNT_WRONG || guesses[i].status == ASK_ACCOUNT_LOCKED, "%s",
                  ask_account_status_text(guesses[i].status));
    wrong += guesses[i].status == ASK_ACCOUNT_WRONG;
  }
  ck_assert_int_ge(wrong, 1);
  ck_assert_int_le(wrong, 3);
  /* whoever found others in the way was told to wait a second; the lock comes with the third failure */
  for (; wrong < 3; wrong++)
    ck_assert_int_eq(ask_sign_in(accounts, f->session, text_of("maria"), text_of("not the password"), NOW, f->arena,
                                 token, &info, NULL),
                     ASK_ACCOUNT_WRONG);
  int64_t wait = 0;
  ck_assert_int_eq(ask_sign_in(accounts, f->session, text_of("maria"), text_of(PASSWORD), NOW + MINUTE / 2, f->arena,
                               token, &info, &wait),
                   ASK_ACCOUNT_LOCKED);
  ck_assert_int_eq(wait, 30);
  ck_assert_int_eq(ask_sign_in(accounts, f->session, text_of("maria"), text_of(PASSWORD), NOW + MINUTE, f->arena, token,
                               &info, NULL),
                   ASK_ACCOUNT_OK);
  ask_accounts_free(accounts);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_user_signs_in_and_is_disabled, guesses_at_once_are_all_counted, NULL};
  return fixture_main("accounts", tests);
}
