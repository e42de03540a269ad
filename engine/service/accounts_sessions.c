/* Sessions as documents of the store: found, written, ended, swept away. Not for signing in: see accounts_sign_in.c. */
#include "service/accounts_parts.h"
#include "service/keys.h"
#include "json/put.h"

static const char KIND[] = "session";
/* One user's sessions beyond MOST end, the oldest first, so there are never as many as ALL. Of those that nobody came back to,
 * SWEEP go at each sign-in: more than come. */
enum { MOST = 16, ALL = 100, SWEEP = 8, OLD_DAYS = 31, ROUNDS = 4 };

static bool is_token(struct ask_text token) {
  if (token.length != ASK_SESSION_TOKEN - 1) return false;
  for (size_t i = 0; i < token.length; i++)
    if (!memchr("0123456789abcdef", token.bytes[i], 16)) return false;
  return true;
}

static struct ask_text token_key(struct ask_arena *arena, struct ask_text token) {
  char hash[ASK_HASH_TEXT];
  ask_key_hash(token, hash);
  return ask_account_key(arena, "token", hash);
}

static const char *id_text(struct ask_arena *arena, const struct ask_uuid *id) {
  char *text = ask_alloc(arena, ASK_UUID_TEXT);
  ask_uuid_text(id, text);
  return text;
}

/* ---- one ----------------------------------------------------------------------------------------------------------- */

static bool read_session(struct ask_arena *arena, const struct ask_document *document, struct ask_session_record *ret) {
  const struct ask_raw *tree = ask_account_tree(arena, document);
  const char *user = ask_raw_member_text(tree, "user"), *csrf = ask_raw_member_text(tree, "csrf");
  if (!user || !csrf || strlen(csrf) != ASK_SESSION_TOKEN - 1) return false;
  *ret = (struct ask_session_record){.document = *document,
                                     .csrf = csrf,
                                     .began = ask_raw_member_integer(tree, "began"),
                                     .seen = ask_raw_member_integer(tree, "seen"),
                                     .ends = ask_raw_member_integer(tree, "ends"),
                                     .passwords = ask_raw_member_integer(tree, "passwords")};
  return ask_uuid_read(user, strlen(user), &ret->user);
}

enum ask_account_status ask_session_find(ask_store_session *store, struct ask_text token, struct ask_arena *arena,
                                         struct ask_session_record *ret) {
  struct ask_document document;
  if (!is_token(token)) return ASK_ACCOUNT_NONE;
  enum ask_account_status status = ask_account_find(store, KIND, token_key(arena, token), arena, &document);
  if (status == ASK_ACCOUNT_NOT_FOUND) return ASK_ACCOUNT_NONE;
  if (status != ASK_ACCOUNT_OK) return status;
  return read_session(arena, &document, ret) ? ASK_ACCOUNT_OK : ASK_ACCOUNT_AWAY;
}

enum ask_account_status ask_session_put(ask_store_session *store, struct ask_session_record *session,
                                        struct ask_text token, int64_t now, struct ask_arena *arena) {
  struct ask_buffer body = {0};
  const char *user = id_text(arena, &session->user);
  struct ask_document_key keys[] = {{token_key(arena, token), .unique = true},
                                    {ask_account_key(arena, "user", user), .unique = false},
                                    {ask_account_day(arena, session->ends), .unique = false}};
  ask_put_open(&body, '{');
  ask_put_key_text(&body, "user", user);
  ask_put_key_text(&body, "csrf", session->csrf);
  ask_put_key_int(&body, "began", session->began);
  ask_put_key_int(&body, "seen", session->seen);
  ask_put_key_int(&body, "ends", session->ends);
  ask_put_key_int(&body, "passwords", session->passwords);
  ask_put_close(&body, '}');
  struct ask_document document = {.kind = KIND,
                                  .id = session->document.id,
                                  .version = session->document.version + 1,
                                  .at = now,
                                  .body = {body.bytes, body.length}};
  enum ask_account_status status = ask_account_of_store(ask_store_document_put(store, &document, keys, 3));
  if (status == ASK_ACCOUNT_OK) session->document.version++;
  ask_buffer_free(&body);
  return status;
}

enum ask_account_status ask_session_drop(ask_store_session *store, const struct ask_session_record *session,
                                         struct ask_arena *arena) {
  return ask_account_remove(store, KIND, &session->document.id, session->document.version, arena);
}

enum ask_account_status ask_session_renew(ask_store_session *store, const char *token, const struct ask_uuid *user,
                                          int64_t passwords, int64_t now, struct ask_arena *arena) {
  struct ask_text text = {token, strlen(token)};
  enum ask_account_status status = ASK_ACCOUNT_CONFLICT;
  for (int round = 0; status == ASK_ACCOUNT_CONFLICT && round < ROUNDS; round++) {
    struct ask_session_record session;
    status = ask_session_find(store, text, arena, &session);
    if (status != ASK_ACCOUNT_OK) return status;
    if (memcmp(&session.user, user, sizeof *user) != 0) return ASK_ACCOUNT_NONE;
    session.passwords = passwords;
    status = ask_session_put(store, &session, text, now, arena);
  }
  return status == ASK_ACCOUNT_NOT_FOUND ? ASK_ACCOUNT_NONE : status;
}

/* ---- several ------------------------------------------------------------------------------------------------------- */

static enum ask_store_status find_of_user(ask_store_session *store, const struct ask_uuid *user,
                                          struct ask_arena *arena, struct ask_document **ret, size_t *ret_count) {
  struct ask_text key = ask_account_key(arena, "user", id_text(arena, user));
  return ask_store_document_find(store, KIND, &key, 1, 0, ALL, arena, ret, NULL, ret_count);
}

enum ask_account_status ask_sessions_end(ask_store_session *store, const struct ask_uuid *user, const char *keep_token,
                                         struct ask_arena *arena) {
  struct ask_document *found = NULL;
  struct ask_session_record kept = {0};
  size_t count = 0;
  if (keep_token) {
    struct ask_text token = {keep_token, strlen(keep_token)};
    enum ask_account_status status = ask_session_find(store, token, arena, &kept);
    if (status != ASK_ACCOUNT_OK && status != ASK_ACCOUNT_NONE) return status;
  }
  enum ask_account_status status = ask_account_of_store(find_of_user(store, user, arena, &found, &count));
  for (size_t i = 0; status == ASK_ACCOUNT_OK && i < count; i++)
    if (memcmp(&found[i].id, &kept.document.id, sizeof kept.document.id) != 0)
      status = ask_account_remove(store, KIND, &found[i].id, found[i].version, arena);
  return status;
}

/* A version that changed meanwhile means that somebody uses it: it stays. */
static void remove_if_over(const struct ask_accounts *accounts, ask_store_session *store,
                           const struct ask_document *document, int64_t now, struct ask_arena *arena) {
  struct ask_session_record session;
  bool whole = read_session(arena, document, &session);
  if (whole && now < session.ends && now < session.seen + accounts->limits.idle_seconds * ASK_SECOND) return;
  ask_store_document_remove(store, KIND, &document->id, document->version);
}

void ask_sessions_sweep(const struct ask_accounts *accounts, ask_store_session *store, const struct ask_uuid *user,
                        int64_t now, struct ask_arena *arena) {
  struct ask_document *found = NULL;
  struct ask_text days[OLD_DAYS];
  size_t count = 0;
  if (find_of_user(store, user, arena, &found, &count) == ASK_STORE_OK)
    for (size_t i = 0; i < count; i++) {
      if (i < MOST)
        remove_if_over(accounts, store, &found[i], now, arena);
      else
        ask_store_document_remove(store, KIND, &found[i].id, found[i].version);
    }
  for (int i = 0; i < OLD_DAYS; i++) days[i] = ask_account_day(arena, now - (i + 1) * ASK_DAY);
  if (ask_store_document_find(store, KIND, days, OLD_DAYS, 0, SWEEP, arena, &found, NULL, &count) == ASK_STORE_OK)
    for (size_t i = 0; i < count; i++) remove_if_over(accounts, store, &found[i], now, arena);
}
