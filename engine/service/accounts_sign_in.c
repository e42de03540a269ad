/* Signing in, who a session is, signing out. */
#include "service/accounts_parts.h"
#include "service/keys.h"
#include "json/put.h"

static void copy(char ret[ASK_SESSION_TOKEN], const char *text) { memcpy(ret, text, ASK_SESSION_TOKEN); }

static struct ask_session_info info_of(const struct ask_accounts *accounts, const struct ask_session_record *session,
                                       const struct ask_user *user) {
  struct ask_session_info info = {.user = *user, .ends_at = session->ends};
  info.user.signed_in = session->began;
  info.idle_until = session->seen + accounts->limits.idle_seconds * ASK_SECOND;
  if (info.idle_until > info.ends_at) info.idle_until = info.ends_at;
  copy(info.csrf, session->csrf);
  return info;
}

/* ---- in ------------------------------------------------------------------------------------------------------------ */

/* Of a name that nobody has, or a password longer than any can be, as much is computed as of others. */
static bool is_right(struct ask_accounts *accounts, const struct ask_user_record *record, struct ask_text password) {
  bool possible = password.length <= ASK_PASSWORD_MOST;
  if (!possible) password.length = ASK_PASSWORD_MOST;
  return ask_account_check(accounts, password, record ? record->hash : NULL) && possible;
}

/* A hash that was made with other parameters than today's is made anew, now that the password is at hand. If that fails, the old
 * one is as good. */
static void hash_again(struct ask_accounts *accounts, ask_store_session *store, struct ask_user_record *record,
                       struct ask_text password, int64_t now, struct ask_arena *arena) {
  char *hash = ask_alloc(arena, ASK_PASSWORD_HASH);
  struct ask_user_record renewed = *record;
  if (!ask_password_is_old(record->hash) || !ask_account_hash(accounts, password, hash)) return;
  renewed.hash = hash;
  if (ask_user_record_put(store, &renewed, now, arena) == ASK_ACCOUNT_OK) *record = renewed;
}

/* When it was; of two at the same moment either will do. */
static void note_sign_in(ask_store_session *store, const struct ask_uuid *user, int64_t now, struct ask_arena *arena) {
  struct ask_document before = {0};
  struct ask_buffer body = {0};
  enum ask_store_status status = ask_store_document_get(store, "sign_in", user, arena, &before);
  if (status != ASK_STORE_OK && status != ASK_STORE_NOT_FOUND) return;
  ask_put_open(&body, '{');
  ask_put_key_int(&body, "at", now);
  ask_put_close(&body, '}');
  struct ask_document document = {
      .kind = "sign_in", .id = *user, .version = before.version + 1, .at = now, .body = {body.bytes, body.length}};
  ask_store_document_put(store, &document, NULL, 0);
  ask_buffer_free(&body);
}

static enum ask_account_status begin(const struct ask_accounts *accounts, ask_store_session *store,
                                     const struct ask_user_record *record, int64_t now, struct ask_arena *arena,
                                     char ret_token[ASK_SESSION_TOKEN], struct ask_session_info *ret) {
  char token[ASK_RANDOM_TEXT], csrf[ASK_RANDOM_TEXT];
  ask_random_text(token);
  ask_random_text(csrf);
  struct ask_session_record session = {.document.id = ask_uuid_new(),
                                       .user = record->user.id,
                                       .csrf = csrf,
                                       .began = now,
                                       .seen = now,
                                       .ends = now + accounts->limits.session_seconds * ASK_SECOND,
                                       .passwords = record->passwords};
  struct ask_text text = {token, sizeof token - 1};
  enum ask_account_status status = ask_session_put(store, &session, text, now, arena);
  if (status == ASK_ACCOUNT_OK) {
    copy(ret_token, token);
    *ret = info_of(accounts, &session, &record->user);
  }
  explicit_bzero(token, sizeof token);
  explicit_bzero(csrf, sizeof csrf);
  return status;
}
_Static_assert((int)ASK_RANDOM_TEXT == (int)ASK_SESSION_TOKEN, "a token is a random text");

enum ask_account_status ask_sign_in(struct ask_accounts *accounts, ask_store_session *store, struct ask_text name,
                                    struct ask_text password, int64_t now, struct ask_arena *arena,
                                    char ret_token[ASK_SESSION_TOKEN], struct ask_session_info *ret,
                                    int64_t *ret_wait) {
  struct ask_user_record record = {0};
  const char *folded = ask_login_fold(arena, name);
  enum ask_account_status status = ask_attempt_begin(accounts, store, folded, now, arena, ret_wait);
  if (status != ASK_ACCOUNT_OK) return status;
  status = ask_login_is(folded) ? ask_user_record_find(store, folded, arena, &record) : ASK_ACCOUNT_NOT_FOUND;
  if (status != ASK_ACCOUNT_OK && status != ASK_ACCOUNT_NOT_FOUND) return status;
  bool known = status == ASK_ACCOUNT_OK && !record.user.disabled;
  if (!is_right(accounts, known ? &record : NULL, password)) return ASK_ACCOUNT_WRONG;
  hash_again(accounts, store, &record, password, now, arena);
  status = ask_attempt_clear(store, folded, arena);
  if (status == ASK_ACCOUNT_OK) status = begin(accounts, store, &record, now, arena, ret_token, ret);
  if (status != ASK_ACCOUNT_OK) return status;
  note_sign_in(store, &record.user.id, now, arena);
  ask_sessions_sweep(accounts, store, &record.user.id, now, arena);
  return ASK_ACCOUNT_OK;
}

/* ---- who it is ----------------------------------------------------------------------------------------------------- */

/* At most once a minute, and often enough that somebody who works is never idle. Not being able to write it down ends nothing: when
 * another request did, it is done; when the store cannot be written, people can still read. NONE: it was signed out just now. */
static enum ask_account_status touch(const struct ask_accounts *accounts, ask_store_session *store,
                                     struct ask_session_record *session, struct ask_text token, int64_t now,
                                     struct ask_arena *arena) {
  int64_t idle = accounts->limits.idle_seconds * ASK_SECOND, every = 60 * ASK_SECOND;
  if (every > idle / 4) every = idle / 4;
  if (now - session->seen < every) return ASK_ACCOUNT_OK;
  struct ask_session_record touched = *session;
  touched.seen = now;
  enum ask_account_status status = ask_session_put(store, &touched, token, now, arena);
  if (status == ASK_ACCOUNT_NOT_FOUND) return ASK_ACCOUNT_NONE;
  if (status == ASK_ACCOUNT_OK || status == ASK_ACCOUNT_CONFLICT) *session = touched;
  return ASK_ACCOUNT_OK;
}

enum ask_account_status ask_session_look(struct ask_accounts *accounts, ask_store_session *store, struct ask_text token,
                                         int64_t now, struct ask_arena *arena, struct ask_session_info *ret) {
  struct ask_session_record session;
  struct ask_user_record record;
  enum ask_account_status status = ask_session_find(store, token, arena, &session);
  if (status != ASK_ACCOUNT_OK) return status;
  enum ask_account_status over = ASK_ACCOUNT_OK;
  if (now >= session.ends)
    over = ASK_ACCOUNT_ENDED;
  else if (now >= session.seen + accounts->limits.idle_seconds * ASK_SECOND)
    over = ASK_ACCOUNT_IDLE;
  if (over == ASK_ACCOUNT_OK) {
    status = ask_user_record_get(store, &session.user, arena, &record);
    if (status != ASK_ACCOUNT_OK && status != ASK_ACCOUNT_NOT_FOUND) return status;
    if (status == ASK_ACCOUNT_NOT_FOUND || record.user.disabled || session.passwords < record.passwords)
      over = ASK_ACCOUNT_NONE;
  }
  if (over != ASK_ACCOUNT_OK) {
    ask_session_drop(store, &session, arena);
    return over;
  }
  status = touch(accounts, store, &session, token, now, arena);
  if (status == ASK_ACCOUNT_OK) *ret = info_of(accounts, &session, &record.user);
  return status;
}

/* ---- out ----------------------------------------------------------------------------------------------------------- */

enum ask_account_status ask_sign_out(ask_store_session *store, struct ask_text token) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_session_record session;
  enum ask_account_status status = ask_session_find(store, token, arena, &session);
  if (status == ASK_ACCOUNT_OK) status = ask_session_drop(store, &session, arena);
  ask_arena_free(arena);
  return status;
}
