/* For tests of accounts: a SQLite store in a folder of its own, and users in it. Moments are the test's own. */
#ifndef TESTS_UNIT_SUPPORT_ACCOUNTS_H
#define TESTS_UNIT_SUPPORT_ACCOUNTS_H

#include "service/accounts.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define PASSWORD "violet kettle harbour"

struct support_accounts {
  char folder[64];
  struct ask_arena *arena;
  struct ask_store *store;
  ask_store_session *session;
  struct ask_accounts *accounts;
  struct ask_problems problems;
  int64_t now;
  /* of the last sign-in or look */
  char token[ASK_SESSION_TOKEN];
  struct ask_session_info info;
  int64_t wait;
};

void support_accounts_open(struct support_accounts *s);
void support_accounts_close(struct support_accounts *s);
/* A user with this password, which need not be changed. */
struct ask_user support_user(struct support_accounts *s, const char *name, unsigned roles, const char *password);
struct ask_user support_user_now(struct support_accounts *s, const char *name);
enum ask_account_status support_sign_in(struct support_accounts *s, const char *name, const char *password);
/* At s->now, into s->info. */
enum ask_account_status support_look(struct support_accounts *s, const char *token);
/* How many documents of the kind there are. */
size_t support_documents(struct support_accounts *s, const char *kind);
/* "path: message; path: message" of the problems since the last time; "": none. */
const char *support_problem(struct support_accounts *s);

#endif
