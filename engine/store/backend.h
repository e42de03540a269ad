/* What a backend gives to store.c: a table of functions, as in store.h. Private to engine/store. A function that finds
 * the database away says so, and the next call tries again. message: write why it was not OK there, without answers. */
#ifndef ASK_STORE_BACKEND_H
#define ASK_STORE_BACKEND_H

#include "store/store.h"

struct ask_backend {
  const char *kind;
  bool remote;
  /* A store's shared part: checks the place, makes or migrates it. NULL after adding a problem. */
  void *(*open)(const char *url, const struct ask_store_options *options, struct ask_problems *problems);
  void (*close)(void *store);
  /* A session's own part; lazily connected. message has ASK_STORE_MESSAGE bytes and lives as long as the session. */
  void *(*session_open)(void *store, char *message);
  void (*session_close)(void *session);
  enum ask_store_status (*ping)(void *session);
  enum ask_store_status (*try_write)(void *session); /* NULL: ping does */
  enum ask_store_status (*get)(void *session, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                               int32_t number, struct ask_arena *arena, struct ask_revision *ret);
  enum ask_store_status (*revisions)(void *session, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                     int32_t after, int32_t limit, struct ask_arena *arena,
                                     struct ask_revision_line **ret, size_t *ret_count, int32_t *ret_latest);
  enum ask_store_status (*repeated)(void *session, const struct ask_uuid *partner, struct ask_text idempotency_key,
                                    const unsigned char fingerprint[32], struct ask_uuid *ret_assessment,
                                    int32_t *ret_number);
  enum ask_store_status (*key_add)(void *session, struct ask_partner_key *key, const struct ask_uuid *partner_if_new);
  enum ask_store_status (*key_find)(void *session, const char *hash, struct ask_arena *arena,
                                    struct ask_partner_key *ret);
  enum ask_store_status (*keys)(void *session, struct ask_arena *arena, struct ask_partner_key **ret,
                                size_t *ret_count);
  enum ask_store_status (*key_revoke)(void *session, const struct ask_uuid *id, int64_t at);
  enum ask_store_status (*rules_put)(void *session, const char *hash, const struct ask_rule_file *files, size_t count);
  enum ask_store_status (*rules_get)(void *session, const char *hash, struct ask_arena *arena,
                                     struct ask_rule_file **ret, size_t *ret_count);
  /* Documents and keys are within the limits; keys are in the order of their bytes, each text once; limit is 1..1000, skip not
   * negative. */
  enum ask_store_status (*document_put)(void *session, const struct ask_document *document,
                                        const struct ask_document_key *keys, size_t key_count);
  enum ask_store_status (*document_get)(void *session, const char *kind, const struct ask_uuid *id,
                                        struct ask_arena *arena, struct ask_document *ret);
  enum ask_store_status (*document_find)(void *session, const char *kind, const struct ask_document_key *keys,
                                         size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                         struct ask_document **ret, int32_t **ret_matches, size_t *ret_count);
  enum ask_store_status (*document_remove)(void *session, const char *kind, const struct ask_uuid *id, int32_t version);
  void (*commit)(void *session, struct ask_write *const *writes, size_t count);
  enum ask_store_status (*walk)(void *session, const char *cursor, size_t limit, struct ask_arena *arena,
                                struct ask_store_row **ret, size_t *ret_count);
  enum ask_store_status (*import)(void *session, const struct ask_store_row *rows, size_t count, const char *source);
  enum ask_store_status (*import_cursor)(void *session, const char *source, struct ask_arena *arena, const char **ret);
  enum ask_store_status (*verify)(void *session, const struct ask_store_row *rows, size_t count, size_t *ret_bad);
  enum ask_store_status (*count)(void *session, struct ask_store_counts *ret);
  enum ask_store_status (*check)(void *session, void (*progress)(void *context, int64_t revisions), void *context,
                                 struct ask_problems *problems);
  enum ask_store_status (*backup)(void *session, const char *path,
                                  void (*progress)(void *context, int64_t done, int64_t total), void *context);
};

/* NULL when the build has no such backend. */
const struct ask_backend *ask_backend_sqlite(void);
const struct ask_backend *ask_backend_pg(void);

#endif
