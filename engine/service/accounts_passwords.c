/* Passwords: made for somebody who is new or has forgotten theirs, and chosen by the person. */
#include "service/accounts_parts.h"
#include "service/keys.h"

enum { GROUPS = 4, GROUP = 4, ONE_TIME = GROUPS * (GROUP + 1) };
/* No vowels, so that no words come about; no letters that look alike. 16 of 18 letters are 66 random bits. */
static const char LETTERS[] = "bcdfghjkmnpqrstvwx";

/* "kqwm-htrd-vxnb-pfjs" */
static const char *one_time(struct ask_arena *arena) {
  enum { COUNT = sizeof LETTERS - 1, FAIR = 256 / COUNT * COUNT };
  char *text = ask_alloc(arena, ONE_TIME);
  for (size_t i = 0; i < ONE_TIME - 1;) {
    unsigned char byte;
    ask_random(&byte, 1);
    if (i % (GROUP + 1) == GROUP)
      text[i++] = '-';
    else if (byte < FAIR)
      text[i++] = LETTERS[byte % COUNT];
  }
  return text;
}

static struct ask_text text_of(const char *text) { return (struct ask_text){text, strlen(text)}; }

/* The hash of the password, in the arena; false: no memory. */
static bool set_hash(struct ask_accounts *accounts, struct ask_user_record *record, const char *password,
                     struct ask_arena *arena) {
  char *hash = ask_alloc(arena, ASK_PASSWORD_HASH);
  if (!ask_account_hash(accounts, text_of(password), hash)) return false;
  record->hash = hash;
  record->passwords++;
  return true;
}

enum ask_account_status ask_user_add(struct ask_accounts *accounts, ask_store_session *store, struct ask_user *user,
                                     const char *password, int64_t now, struct ask_arena *arena,
                                     const char **ret_password, struct ask_problems *problems) {
  struct ask_user_record record = {.user = *user};
  record.user.id = ask_uuid_new();
  record.user.version = 0;
  record.user.created = now;
  record.user.signed_in = 0;
  record.user.name = user->name ? ask_login_fold(arena, text_of(user->name)) : NULL;
  bool good = ask_user_acceptable(&record.user, problems);
  if (password && record.user.name)
    good &= ask_password_acceptable(record.user.name, text_of(password), arena, problems);
  if (!good) return ASK_ACCOUNT_REFUSED;
  const char *made = password ? NULL : one_time(arena);
  if (made) record.user.change_password = true;
  if (!set_hash(accounts, &record, made ? made : password, arena)) return ASK_ACCOUNT_AWAY;
  enum ask_account_status status = ask_user_record_put(store, &record, now, arena);
  if (status == ASK_ACCOUNT_CONFLICT) return ASK_ACCOUNT_TAKEN;
  if (status != ASK_ACCOUNT_OK) return status;
  *user = record.user;
  *ret_password = made;
  return ASK_ACCOUNT_OK;
}

/* The new password is in force from the user's document on; the session that is kept goes over to it before, so that no request in
 * between finds it ended. */
static enum ask_account_status change(ask_store_session *store, struct ask_user_record *record, const char *keep_token,
                                      int64_t now, struct ask_arena *arena) {
  enum ask_account_status status = ASK_ACCOUNT_OK;
  if (keep_token) status = ask_session_renew(store, keep_token, &record->user.id, record->passwords, now, arena);
  if (status == ASK_ACCOUNT_NONE) {
    keep_token = NULL;
    status = ASK_ACCOUNT_OK;
  }
  if (status == ASK_ACCOUNT_OK) status = ask_user_record_put(store, record, now, arena);
  if (status != ASK_ACCOUNT_OK) {
    if (keep_token) ask_session_renew(store, keep_token, &record->user.id, record->passwords - 1, now, arena);
    return status;
  }
  return ask_sessions_end(store, &record->user.id, keep_token, arena);
}

enum ask_account_status ask_user_set_password(struct ask_accounts *accounts, ask_store_session *store,
                                              const struct ask_uuid *id, const char *old, const char *password,
                                              const char *keep_token, int64_t now, struct ask_arena *arena,
                                              struct ask_problems *problems) {
  struct ask_user_record record;
  enum ask_account_status status = ask_user_record_get(store, id, arena, &record);
  if (status != ASK_ACCOUNT_OK) return status;
  status = ask_attempt_begin(accounts, store, record.user.name, now, arena, NULL);
  if (status != ASK_ACCOUNT_OK) return status;
  bool right = strlen(old) <= ASK_PASSWORD_MOST && ask_account_check(accounts, text_of(old), record.hash);
  if (!right || record.user.disabled) return ASK_ACCOUNT_WRONG;
  status = ask_attempt_clear(store, record.user.name, arena);
  if (status != ASK_ACCOUNT_OK) return status;
  if (!ask_password_acceptable(record.user.name, text_of(password), arena, problems)) return ASK_ACCOUNT_REFUSED;
  if (strcmp(old, password) == 0) {
    ask_problem_add(problems, ASK_ERROR, "bad-password", ASK_NOWHERE, "password", "choose another one",
                    "this is the password that you have");
    return ASK_ACCOUNT_REFUSED;
  }
  record.user.change_password = false;
  if (!set_hash(accounts, &record, password, arena)) return ASK_ACCOUNT_AWAY;
  return change(store, &record, keep_token, now, arena);
}

enum ask_account_status ask_user_reset(struct ask_accounts *accounts, ask_store_session *store,
                                       const struct ask_uuid *id, int64_t now, struct ask_arena *arena,
                                       const char **ret_password) {
  enum { ROUNDS = 4 };
  const char *made = one_time(arena);
  enum ask_account_status status = ASK_ACCOUNT_CONFLICT;
  struct ask_user_record record;
  for (int round = 0; status == ASK_ACCOUNT_CONFLICT && round < ROUNDS; round++) {
    status = ask_user_record_get(store, id, arena, &record);
    if (status != ASK_ACCOUNT_OK) return status;
    record.user.change_password = true;
    if (!set_hash(accounts, &record, made, arena)) return ASK_ACCOUNT_AWAY;
    status = change(store, &record, NULL, now, arena);
  }
  if (status == ASK_ACCOUNT_OK) status = ask_attempt_clear(store, record.user.name, arena);
  if (status == ASK_ACCOUNT_OK) *ret_password = made;
  return status;
}
