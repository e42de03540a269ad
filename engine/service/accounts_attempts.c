/* Failures to sign in, by name: a document for each name that somebody failed with, whether there is such a user or not. Its key is
 * a hash of the name: people type passwords into the wrong field. */
#include "service/accounts_parts.h"
#include "service/keys.h"
#include "json/put.h"

static const char KIND[] = "attempt";
/* FORGOTTEN: after so long without a failure, with no lock in between, a name begins anew. MOST names are kept; SWEEP old ones go when
 * a new one comes, so there are never more. */
enum { MOST = 10000, SWEEP = 4, OLD_DAYS = 30, FORGOTTEN_DAYS = 2, ROUNDS = 8 };

struct attempts {
  struct ask_document document; /* version 0: there is none yet */
  int64_t failures, at, until;  /* locked until */
};

static struct ask_text key_of(struct ask_arena *arena, const char *name) {
  char hash[ASK_HASH_TEXT];
  ask_key_hash((struct ask_text){name, strlen(name)}, hash);
  return ask_account_key(arena, "name", hash);
}

static enum ask_account_status read_attempts(ask_store_session *store, struct ask_text key, struct ask_arena *arena,
                                             struct attempts *ret) {
  enum ask_account_status status = ask_account_find(store, KIND, key, arena, &ret->document);
  if (status == ASK_ACCOUNT_NOT_FOUND) {
    *ret = (struct attempts){.document = {.kind = KIND, .id = ask_uuid_new()}};
    return ASK_ACCOUNT_OK;
  }
  if (status != ASK_ACCOUNT_OK) return status;
  const struct ask_raw *tree = ask_account_tree(arena, &ret->document);
  ret->failures = ask_raw_member_integer(tree, "failures");
  ret->at = ask_raw_member_integer(tree, "at");
  ret->until = ask_raw_member_integer(tree, "until");
  return ASK_ACCOUNT_OK;
}

static enum ask_account_status put_attempts(ask_store_session *store, struct ask_text key, struct ask_arena *arena,
                                            const struct attempts *attempts) {
  struct ask_buffer body = {0};
  struct ask_document document = attempts->document;
  struct ask_document_key keys[] = {{key, .unique = true}, {ask_account_day(arena, attempts->at), .unique = false}};
  ask_put_open(&body, '{');
  ask_put_key_int(&body, "failures", attempts->failures);
  ask_put_key_int(&body, "at", attempts->at);
  ask_put_key_int(&body, "until", attempts->until);
  ask_put_close(&body, '}');
  document.kind = KIND;
  document.version++;
  document.at = attempts->at;
  document.body = (struct ask_text){body.bytes, body.length};
  enum ask_account_status status = ask_account_of_store(ask_store_document_put(store, &document, keys, 2));
  ask_buffer_free(&body);
  return status;
}

/* lock_seconds at the last of the tries, and twice as long with each failure after it, up to a day. */
static int64_t lock_of(const struct ask_account_limits *limits, int64_t failures) {
  int64_t lock = limits->lock_seconds * ASK_SECOND;
  if (failures < limits->tries) return 0;
  for (int64_t more = failures - limits->tries; more > 0 && lock < ASK_DAY; more--) lock *= 2;
  return lock < ASK_DAY ? lock : ASK_DAY;
}

/* A name that is new comes at the expense of the oldest, and of those that nobody has tried for days. What cannot be removed now
 * will be next time. */
static void sweep(ask_store_session *store, int64_t now, struct ask_arena *arena) {
  struct ask_text days[OLD_DAYS];
  struct ask_document *found = NULL;
  size_t count = 0;
  for (int i = 0; i < OLD_DAYS; i++) days[i] = ask_account_day(arena, now - (FORGOTTEN_DAYS + 2 + i) * ASK_DAY);
  if (ask_store_document_find(store, KIND, days, OLD_DAYS, 0, SWEEP, arena, &found, NULL, &count) == ASK_STORE_OK)
    for (size_t i = 0; i < count; i++) ask_store_document_remove(store, KIND, &found[i].id, found[i].version);
  if (ask_store_document_find(store, KIND, NULL, 0, MOST, SWEEP, arena, &found, NULL, &count) == ASK_STORE_OK)
    for (size_t i = 0; i < count; i++) ask_store_document_remove(store, KIND, &found[i].id, found[i].version);
}

enum ask_account_status ask_attempt_begin(const struct ask_accounts *accounts, ask_store_session *store,
                                          const char *name, int64_t now, struct ask_arena *arena, int64_t *ret_wait) {
  struct ask_text key = key_of(arena, name);
  for (int round = 0; round < ROUNDS; round++) {
    struct attempts attempts;
    enum ask_account_status status = read_attempts(store, key, arena, &attempts);
    if (status != ASK_ACCOUNT_OK) return status;
    int64_t left = attempts.until - now;
    /* more than a day was written by a clock that was wrong */
    if (left > 0 && left <= ASK_DAY) {
      if (ret_wait) *ret_wait = (left + ASK_SECOND - 1) / ASK_SECOND;
      return ASK_ACCOUNT_LOCKED;
    }
    if (now - attempts.at > FORGOTTEN_DAYS * ASK_DAY) attempts.failures = 0;
    attempts.failures++;
    attempts.at = now;
    int64_t lock = lock_of(&accounts->limits, attempts.failures);
    attempts.until = lock ? now + lock : 0;
    status = put_attempts(store, key, arena, &attempts);
    if (status == ASK_ACCOUNT_OK && !attempts.document.version) sweep(store, now, arena);
    if (status != ASK_ACCOUNT_CONFLICT && status != ASK_ACCOUNT_NOT_FOUND) return status;
  }
  /* Many try this name at the same moment, and the others were counted. */
  if (ret_wait) *ret_wait = 1;
  return ASK_ACCOUNT_LOCKED;
}

enum ask_account_status ask_attempt_clear(ask_store_session *store, const char *name, struct ask_arena *arena) {
  struct ask_document document;
  enum ask_account_status status = ask_account_find(store, KIND, key_of(arena, name), arena, &document);
  if (status == ASK_ACCOUNT_NOT_FOUND) return ASK_ACCOUNT_OK;
  if (status != ASK_ACCOUNT_OK) return status;
  return ask_account_remove(store, KIND, &document.id, document.version, arena);
}
