/* What all of accounts stands on: its limits, the gate to hashing, words for outcomes. */
#include "service/accounts.h"

#include <stdlib.h>

#include "service/accounts_parts.h"

/* Each takes 64 MB and a processor for 100 ms. */
enum { HASHES_AT_ONCE = 2 };

struct ask_accounts *ask_accounts_new(const struct ask_account_limits *limits) {
  struct ask_accounts *accounts = calloc(1, sizeof *accounts);
  if (!accounts) abort();
  if (limits) accounts->limits = *limits;
  struct ask_account_limits *own = &accounts->limits;
  if (!own->idle_seconds) own->idle_seconds = 1800;
  if (!own->session_seconds) own->session_seconds = 43200;
  if (!own->tries) own->tries = 5;
  if (!own->lock_seconds) own->lock_seconds = 60;
  pthread_mutex_init(&accounts->lock, NULL);
  pthread_cond_init(&accounts->done, NULL);
  return accounts;
}

struct ask_accounts *ask_accounts_free(struct ask_accounts *accounts) {
  if (accounts) {
    pthread_cond_destroy(&accounts->done);
    pthread_mutex_destroy(&accounts->lock);
    free(accounts);
  }
  return NULL;
}

const char *ask_account_status_text(enum ask_account_status status) {
  static const char *const words[] = {
      [ASK_ACCOUNT_OK] = "ok",
      [ASK_ACCOUNT_WRONG] = "wrong",
      [ASK_ACCOUNT_LOCKED] = "locked",
      [ASK_ACCOUNT_NONE] = "none",
      [ASK_ACCOUNT_IDLE] = "idle",
      [ASK_ACCOUNT_ENDED] = "ended",
      [ASK_ACCOUNT_NOT_FOUND] = "not-found",
      [ASK_ACCOUNT_TAKEN] = "taken",
      [ASK_ACCOUNT_CONFLICT] = "conflict",
      [ASK_ACCOUNT_REFUSED] = "unacceptable",
      [ASK_ACCOUNT_LAST] = "last",
      [ASK_ACCOUNT_AWAY] = "away",
  };
  return words[status];
}

bool ask_account_kind(const char *kind) {
  static const char *const own[] = {"user", "sign_in", "session", "attempt"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (strcmp(own[i], kind) == 0) return true;
  return false;
}

enum ask_account_status ask_account_of_store(enum ask_store_status status) {
  switch (status) {
  case ASK_STORE_OK: return ASK_ACCOUNT_OK;
  case ASK_STORE_NOT_FOUND: return ASK_ACCOUNT_NOT_FOUND;
  case ASK_STORE_CONFLICT: return ASK_ACCOUNT_CONFLICT;
  default: return ASK_ACCOUNT_AWAY;
  }
}

/* ---- the gate ---- */

static void enter(struct ask_accounts *accounts) {
  pthread_mutex_lock(&accounts->lock);
  while (accounts->hashing >= HASHES_AT_ONCE) pthread_cond_wait(&accounts->done, &accounts->lock);
  accounts->hashing++;
  pthread_mutex_unlock(&accounts->lock);
}

static void leave(struct ask_accounts *accounts) {
  pthread_mutex_lock(&accounts->lock);
  accounts->hashing--;
  pthread_cond_signal(&accounts->done);
  pthread_mutex_unlock(&accounts->lock);
}

bool ask_account_hash(struct ask_accounts *accounts, struct ask_text password, char ret_hash[ASK_PASSWORD_HASH]) {
  enter(accounts);
  bool done = ask_password_hash(password, ret_hash);
  leave(accounts);
  return done;
}

bool ask_account_check(struct ask_accounts *accounts, struct ask_text password, const char *hash) {
  enter(accounts);
  bool right = ask_password_check(password, hash);
  leave(accounts);
  return right;
}
