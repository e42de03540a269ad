/* Writes a document: its next version, and the keys that are other than before. */
#include <sqlite3.h>

#include "store/document.h"
#include "store/sqlite/sqlite.h"

static void bind_name(sqlite3_stmt *statement, const struct ask_document *document) {
  ask_sqlite_bind_string(statement, 1, document->kind);
  ask_sqlite_bind_uuid(statement, 2, &document->id);
}

/* CONFLICT: the version is not the next one. */
static enum ask_store_status put_body(struct ask_sqlite_session *session, const struct ask_document *document) {
  static const char make[] = "insert into document (kind, id, version, at, body) values (?1, ?2, ?3, ?4, ?5)"
                             " on conflict do nothing";
  static const char replace[] = "update document set version = ?3, at = ?4, body = ?5"
                                " where kind = ?1 and id = ?2 and version = ?3 - 1";
  struct ask_text packed;
  int changes = 0;
  if (!ask_sqlite_pack(session, document->body, 0, &packed)) return session->status;
  sqlite3_stmt *statement = ask_sqlite_statement(session, document->version == 1 ? make : replace);
  if (!statement) return session->status;
  bind_name(statement, document);
  ask_sqlite_bind_integer(statement, 3, document->version);
  ask_sqlite_bind_integer(statement, 4, document->at);
  ask_sqlite_bind_bytes(statement, 5, packed.bytes, packed.length);
  enum ask_store_status status = ask_sqlite_run(session, statement, &changes);
  if (status != ASK_STORE_OK || changes == 1) return status;
  if (document->version == 1)
    return ask_sqlite_say(session, ASK_STORE_CONFLICT, "there is a document of this identifier");
  return ask_sqlite_document_why(session, document->kind, &document->id);
}

static enum ask_store_status remove_key(struct ask_sqlite_session *session, const struct ask_document *document,
                                        struct ask_text key) {
  static const char sql[] = "delete from document_key where kind = ?1 and id = ?2 and key = ?3";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  bind_name(statement, document);
  ask_sqlite_bind_bytes(statement, 3, key.bytes, key.length);
  return ask_sqlite_run(session, statement, NULL);
}

static enum ask_store_status add_key(struct ask_sqlite_session *session, const struct ask_document *document,
                                     const struct ask_document_key *key) {
  static const char sql[] = "insert into document_key (kind, id, key, is_unique) values (?1, ?2, ?3, ?4)";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  bind_name(statement, document);
  ask_sqlite_bind_bytes(statement, 3, key->text.bytes, key->text.length);
  ask_sqlite_bind_integer(statement, 4, key->unique);
  enum ask_store_status status = ask_sqlite_run(session, statement, NULL);
  if (status == ASK_STORE_CONFLICT)
    return ask_sqlite_say(session, status, "another document of the kind has this unique key");
  return status;
}

/* Both lists are in the order of bytes: what is in one only, or is unique in one only, goes or comes. A text goes before any
 * comes. */
static enum ask_store_status change_keys(struct ask_sqlite_session *session, const struct ask_document *document,
                                         const struct ask_document_key *old, size_t old_count,
                                         const struct ask_document_key *keys, size_t count) {
  bool stays[ASK_DOCUMENT_KEYS] = {false};
  enum ask_store_status status = ASK_STORE_OK;
  size_t at = 0;
  for (size_t i = 0; i < old_count && status == ASK_STORE_OK; i++) {
    while (at < count && ask_document_key_order(keys[at].text, old[i].text) < 0) at++;
    bool same =
        at < count && ask_document_key_order(keys[at].text, old[i].text) == 0 && keys[at].unique == old[i].unique;
    if (same)
      stays[at] = true;
    else
      status = remove_key(session, document, old[i].text);
  }
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++)
    if (!stays[i]) status = add_key(session, document, &keys[i]);
  return status;
}

static enum ask_store_status put_keys(struct ask_sqlite_session *session, const struct ask_document *document,
                                      const struct ask_document_key *keys, size_t count) {
  struct ask_document_key *old = NULL;
  size_t old_count = 0;
  struct ask_arena *arena = ask_arena_new();
  enum ask_store_status status =
      ask_sqlite_document_keys(session, document->kind, &document->id, arena, &old, &old_count);
  if (status == ASK_STORE_OK) status = change_keys(session, document, old, old_count, keys, count);
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_sqlite_document_put(void *part, const struct ask_document *document,
                                              const struct ask_document_key *keys, size_t key_count) {
  struct ask_sqlite_session *session = part;
  ask_sqlite_leave_moved(session);
  enum ask_store_status status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  status = put_body(session, document);
  if (status == ASK_STORE_OK) status = put_keys(session, document, keys, key_count);
  if (status == ASK_STORE_OK) return ask_sqlite_commit(session);
  ask_sqlite_rollback(session);
  return status;
}
