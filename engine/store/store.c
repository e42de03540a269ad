/* Picks the backend that a url names and hands every operation on to it. Nothing else happens here, but that documents are
 * held against their limits. */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/backend.h"
#include "store/document.h"

struct ask_store {
  const struct ask_backend *backend;
  void *part;
  char *shown;
};

struct ask_session_of_store {
  const struct ask_backend *backend;
  void *part;
  char message[ASK_STORE_MESSAGE];
};

const char *ask_store_status_text(enum ask_store_status status) {
  static const char *const words[] = {
      [ASK_STORE_OK] = "ok",
      [ASK_STORE_NOT_FOUND] = "not-found",
      [ASK_STORE_CONFLICT] = "conflict",
      [ASK_STORE_REPEATED] = "repeated",
      [ASK_STORE_KEY_REUSED] = "key-reused",
      [ASK_STORE_FULL] = "full",
      [ASK_STORE_AWAY] = "away",
      [ASK_STORE_BUSY] = "busy",
      [ASK_STORE_BROKEN] = "broken",
  };
  return words[status];
}

static bool starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/* The url without what stands between user: and @. */
static char *without_password(const char *url) {
  char *shown = strdup(url);
  if (!shown) abort();
  char *scheme = strstr(shown, "://");
  char *at = scheme ? strchr(scheme + 3, '@') : NULL;
  char *colon = at ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;
  if (colon) memmove(colon, at, strlen(at) + 1);
  char *password = strstr(shown, "password=");
  if (password) {
    char *end = password + strcspn(password, "& ");
    memmove(password, end, strlen(end) + 1);
  }
  return shown;
}

struct ask_store *ask_store_open(const char *url, const struct ask_store_options *options,
                                 struct ask_problems *problems) {
  bool pg = starts(url, "postgresql://") || starts(url, "postgres://");
  const char *place = starts(url, "sqlite:") ? url + strlen("sqlite:") : url;
  if (!pg && place == url && strstr(url, "://")) {
    ask_problem_add(problems, ASK_ERROR, "unknown-store", ASK_NOWHERE, NULL,
                    "write sqlite:PATH or postgresql://HOST/DATABASE", "no store is of this kind: %.100s", url);
    return NULL;
  }
  const struct ask_backend *backend = pg ? ask_backend_pg() : ask_backend_sqlite();
  void *part = backend->open(place, options, problems);
  if (!part) return NULL;
  struct ask_store *store = calloc(1, sizeof *store);
  if (!store) abort();
  store->backend = backend;
  store->part = part;
  store->shown = without_password(url);
  return store;
}

struct ask_store *ask_store_close(struct ask_store *store) {
  if (store) {
    store->backend->close(store->part);
    free(store->shown);
    free(store);
  }
  return NULL;
}

const char *ask_store_kind(const struct ask_store *store) { return store->backend->kind; }
const char *ask_store_shown(const struct ask_store *store) { return store->shown; }
bool ask_store_is_remote(const struct ask_store *store) { return store->backend->remote; }

ask_store_session *ask_store_session_open(struct ask_store *store) {
  ask_store_session *session = calloc(1, sizeof *session);
  if (!session) abort();
  session->backend = store->backend;
  session->part = store->backend->session_open(store->part, session->message);
  return session;
}

ask_store_session *ask_store_session_close(ask_store_session *session) {
  if (session) {
    session->backend->session_close(session->part);
    free(session);
  }
  return NULL;
}

const char *ask_store_message(const ask_store_session *session) { return session->message; }

/* Every operation starts without a message. */
static void *part(ask_store_session *session) {
  session->message[0] = '\0';
  return session->part;
}

enum ask_store_status ask_store_ping(ask_store_session *session) { return session->backend->ping(part(session)); }

enum ask_store_status ask_store_try_write(ask_store_session *session) {
  const struct ask_backend *backend = session->backend;
  return backend->try_write ? backend->try_write(part(session)) : backend->ping(part(session));
}

enum ask_store_status ask_store_get(ask_store_session *session, const struct ask_uuid *partner,
                                    const struct ask_uuid *assessment, int32_t number, struct ask_arena *arena,
                                    struct ask_revision *ret) {
  return session->backend->get(part(session), partner, assessment, number, arena, ret);
}

enum ask_store_status ask_store_revisions(ask_store_session *session, const struct ask_uuid *partner,
                                          const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                          struct ask_arena *arena, struct ask_revision_line **ret, size_t *ret_count,
                                          int32_t *ret_latest) {
  return session->backend->revisions(part(session), partner, assessment, after, limit, arena, ret, ret_count,
                                     ret_latest);
}

enum ask_store_status ask_store_repeated(ask_store_session *session, const struct ask_uuid *partner,
                                         struct ask_text idempotency_key, const unsigned char fingerprint[32],
                                         struct ask_uuid *ret_assessment, int32_t *ret_number) {
  return session->backend->repeated(part(session), partner, idempotency_key, fingerprint, ret_assessment, ret_number);
}

enum ask_store_status ask_store_key_add(ask_store_session *session, struct ask_partner_key *key,
                                        const struct ask_uuid *partner_if_new) {
  return session->backend->key_add(part(session), key, partner_if_new);
}

enum ask_store_status ask_store_key_find(ask_store_session *session, const char *hash, struct ask_arena *arena,
                                         struct ask_partner_key *ret) {
  return session->backend->key_find(part(session), hash, arena, ret);
}

enum ask_store_status ask_store_keys(ask_store_session *session, struct ask_arena *arena, struct ask_partner_key **ret,
                                     size_t *ret_count) {
  return session->backend->keys(part(session), arena, ret, ret_count);
}

enum ask_store_status ask_store_key_revoke(ask_store_session *session, const struct ask_uuid *id, int64_t at) {
  return session->backend->key_revoke(part(session), id, at);
}

enum ask_store_status ask_store_rules_put(ask_store_session *session, const char *hash,
                                          const struct ask_rule_file *files, size_t count) {
  return session->backend->rules_put(part(session), hash, files, count);
}

enum ask_store_status ask_store_rules_get(ask_store_session *session, const char *hash, struct ask_arena *arena,
                                          struct ask_rule_file **ret, size_t *ret_count) {
  return session->backend->rules_get(part(session), hash, arena, ret, ret_count);
}

static enum ask_store_status unfit(ask_store_session *session, const char *why) {
  snprintf(session->message, sizeof session->message, "%s", why);
  return ASK_STORE_BROKEN;
}

enum ask_store_status ask_store_document_put(ask_store_session *session, const struct ask_document *document,
                                             const struct ask_document_key *keys, size_t key_count) {
  struct ask_document_key sorted[ASK_DOCUMENT_KEYS];
  const char *wrong = ask_document_wrong(document);
  if (!wrong) wrong = ask_document_keys_wrong(keys, key_count);
  if (wrong) return unfit(session, wrong);
  if (document->version < 1) {
    unfit(session, "versions are numbered from 1");
    return ASK_STORE_CONFLICT;
  }
  size_t count = ask_document_keys_sorted(keys, key_count, sorted);
  return session->backend->document_put(part(session), document, sorted, count);
}

enum ask_store_status ask_store_document_get(ask_store_session *session, const char *kind, const struct ask_uuid *id,
                                             struct ask_arena *arena, struct ask_document *ret) {
  const char *wrong = ask_document_kind_wrong(kind);
  return wrong ? unfit(session, wrong) : session->backend->document_get(part(session), kind, id, arena, ret);
}

enum ask_store_status ask_store_document_find(ask_store_session *session, const char *kind, const struct ask_text *keys,
                                              size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                              struct ask_document **ret, int32_t **ret_matches, size_t *ret_count) {
  enum { MOST = 1000 };
  struct ask_document_key wanted[ASK_DOCUMENT_KEYS], sorted[ASK_DOCUMENT_KEYS];
  int32_t *matches = NULL;
  const char *wrong = ask_document_kind_wrong(kind);
  for (size_t i = 0; i < key_count && i < ASK_DOCUMENT_KEYS; i++)
    wanted[i] = (struct ask_document_key){.text = keys[i]};
  if (!wrong) wrong = ask_document_keys_wrong(wanted, key_count);
  if (wrong) return unfit(session, wrong);
  size_t count = ask_document_keys_sorted(wanted, key_count, sorted);
  if (limit < 1) limit = 1;
  enum ask_store_status status =
      session->backend->document_find(part(session), kind, sorted, count, skip < 0 ? 0 : skip,
                                      limit < MOST ? limit : MOST, arena, ret, &matches, ret_count);
  if (status == ASK_STORE_OK && ret_matches) *ret_matches = matches;
  return status;
}

enum ask_store_status ask_store_document_remove(ask_store_session *session, const char *kind, const struct ask_uuid *id,
                                                int32_t version) {
  const char *wrong = ask_document_kind_wrong(kind);
  return wrong ? unfit(session, wrong) : session->backend->document_remove(part(session), kind, id, version);
}

void ask_store_commit(ask_store_session *session, struct ask_write *const *writes, size_t count) {
  session->backend->commit(part(session), writes, count);
}

enum ask_store_status ask_store_walk(ask_store_session *session, const char *cursor, size_t limit,
                                     struct ask_arena *arena, struct ask_store_row **ret, size_t *ret_count) {
  return session->backend->walk(part(session), cursor, limit, arena, ret, ret_count);
}

enum ask_store_status ask_store_import(ask_store_session *session, const struct ask_store_row *rows, size_t count,
                                       const char *source) {
  return session->backend->import(part(session), rows, count, source);
}

enum ask_store_status ask_store_import_cursor(ask_store_session *session, const char *source, struct ask_arena *arena,
                                              const char **ret) {
  return session->backend->import_cursor(part(session), source, arena, ret);
}

enum ask_store_status ask_store_verify(ask_store_session *session, const struct ask_store_row *rows, size_t count,
                                       size_t *ret_bad) {
  return session->backend->verify(part(session), rows, count, ret_bad);
}

enum ask_store_status ask_store_count(ask_store_session *session, struct ask_store_counts *ret) {
  return session->backend->count(part(session), ret);
}

enum ask_store_status ask_store_check(ask_store_session *session, void (*progress)(void *context, int64_t revisions),
                                      void *context, struct ask_problems *problems) {
  return session->backend->check(part(session), progress, context, problems);
}

enum ask_store_status ask_store_backup(ask_store_session *session, const char *path,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context) {
  return session->backend->backup(part(session), path, progress, context);
}
