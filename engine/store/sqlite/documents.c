/* Documents: reading one, finding some by their keys, removing one. */
#include <sqlite3.h>

#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_document_why(struct ask_sqlite_session *session, const char *kind,
                                              const struct ask_uuid *id) {
  static const char sql[] = "select 1 from document where kind = ?1 and id = ?2";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, kind);
  ask_sqlite_bind_uuid(statement, 2, id);
  bool there = ask_sqlite_row(session, statement);
  ask_sqlite_done(statement);
  if (session->status != ASK_STORE_OK) return session->status;
  return there ? ask_sqlite_say(session, ASK_STORE_CONFLICT, "another version is the latest")
               : ask_sqlite_say(session, ASK_STORE_NOT_FOUND, "there is no such document");
}

enum ask_store_status ask_sqlite_document_keys(struct ask_sqlite_session *session, const char *kind,
                                               const struct ask_uuid *id, struct ask_arena *arena,
                                               struct ask_document_key **ret, size_t *ret_count) {
  static const char sql[] = "select key, is_unique from document_key where kind = ?1 and id = ?2 order by key";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, kind);
  ask_sqlite_bind_uuid(statement, 2, id);
  size_t capacity = 0;
  *ret = NULL;
  *ret_count = 0;
  while (ask_sqlite_row(session, statement)) {
    struct ask_document_key *key = ask_push(arena, ret, ret_count, &capacity, sizeof *key);
    key->text = ask_sqlite_column_bytes(statement, 0, arena);
    key->unique = ask_sqlite_column_integer(statement, 1) != 0;
  }
  ask_sqlite_done(statement);
  return session->status;
}

/* Columns id, version, at, body. */
static bool read_document(struct ask_sqlite_session *session, sqlite3_stmt *statement, const char *kind,
                          struct ask_arena *arena, struct ask_document *ret) {
  *ret = (struct ask_document){.kind = ask_strdup(arena, kind),
                               .version = (int32_t)ask_sqlite_column_integer(statement, 1),
                               .at = ask_sqlite_column_integer(statement, 2)};
  return ask_sqlite_column_uuid(session, statement, 0, &ret->id) &&
         ask_sqlite_column_packed(session, statement, 3, arena, &ret->body);
}

enum ask_store_status ask_sqlite_document_get(void *part, const char *kind, const struct ask_uuid *id,
                                              struct ask_arena *arena, struct ask_document *ret) {
  static const char sql[] = "select id, version, at, body from document where kind = ?1 and id = ?2";
  struct ask_sqlite_session *session = part;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, kind);
  ask_sqlite_bind_uuid(statement, 2, id);
  struct ask_document document;
  bool found = ask_sqlite_row(session, statement);
  if (found && read_document(session, statement, kind, arena, &document)) *ret = document;
  enum ask_store_status status = session->status == ASK_STORE_OK && !found ? ASK_STORE_NOT_FOUND : session->status;
  ask_sqlite_done(statement);
  return status;
}

/* ---- finding ------------------------------------------------------------------------------------------------------- */

/* Parameters 1 to 64 (ASK_DOCUMENT_KEYS) are the keys; those that stay null match nothing. */
#define EIGHT "?, ?, ?, ?, ?, ?, ?, ?"
#define KEYS EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT ", " EIGHT
enum { AFTER_KEYS = 64 };
_Static_assert((int)AFTER_KEYS == (int)ASK_DOCUMENT_KEYS, "a parameter for each key");

static sqlite3_stmt *statement_for(struct ask_sqlite_session *session, const struct ask_document_key *keys,
                                   size_t count, int *ret_next) {
  static const char all[] = "select id, version, at, body, 0 from document where kind = ?1 order by id desc"
                            " limit ?2 offset ?3";
  /* Texts are read of those alone that are given. Left to itself SQLite would read all keys of the kind, since those lie in the
   * order of ids. */
  static const char some[] =
      "select d.id, d.version, d.at, d.body, m.matches from ("
      "select id, count(*) as matches from document_key indexed by document_by_key where key in (" KEYS ")"
      " and kind = ?65 group by id order by matches desc, id desc limit ?66 offset ?67) m"
      " join document d on d.kind = ?65 and d.id = m.id order by m.matches desc, m.id desc";
  sqlite3_stmt *statement = ask_sqlite_statement(session, count ? some : all);
  *ret_next = count ? AFTER_KEYS + 1 : 1;
  for (size_t i = 0; statement && i < count; i++)
    ask_sqlite_bind_bytes(statement, (int)i + 1, keys[i].text.bytes, keys[i].text.length);
  return statement;
}

enum ask_store_status ask_sqlite_document_find(void *part, const char *kind, const struct ask_document_key *keys,
                                               size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                               struct ask_document **ret, int32_t **ret_matches, size_t *ret_count) {
  struct ask_sqlite_session *session = part;
  struct ask_document *list = ask_alloc_array(arena, (size_t)limit, sizeof *list);
  int32_t *matches = ask_alloc_array(arena, (size_t)limit, sizeof *matches);
  size_t count = 0;
  int next = 0;
  sqlite3_stmt *statement = statement_for(session, keys, key_count, &next);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, next, kind);
  ask_sqlite_bind_integer(statement, next + 1, limit);
  ask_sqlite_bind_integer(statement, next + 2, skip);
  while (ask_sqlite_row(session, statement) && read_document(session, statement, kind, arena, &list[count]))
    matches[count++] = (int32_t)ask_sqlite_column_integer(statement, 4);
  enum ask_store_status status = session->status;
  ask_sqlite_done(statement);
  if (status != ASK_STORE_OK) return status;
  *ret = list;
  *ret_matches = matches;
  *ret_count = count;
  return ASK_STORE_OK;
}

/* ---- removing ------------------------------------------------------------------------------------------------------ */

enum ask_store_status ask_sqlite_document_remove(void *part, const char *kind, const struct ask_uuid *id,
                                                 int32_t version) {
  /* Its keys go with it (on delete cascade). */
  static const char sql[] = "delete from document where kind = ?1 and id = ?2 and version = ?3";
  struct ask_sqlite_session *session = part;
  ask_sqlite_leave_moved(session);
  enum ask_store_status status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  int changes = 0;
  status = session->status;
  if (statement) {
    ask_sqlite_bind_string(statement, 1, kind);
    ask_sqlite_bind_uuid(statement, 2, id);
    ask_sqlite_bind_integer(statement, 3, version);
    status = ask_sqlite_run(session, statement, &changes);
  }
  if (status == ASK_STORE_OK && changes == 0) status = ask_sqlite_document_why(session, kind, id);
  if (status == ASK_STORE_OK) return ask_sqlite_commit(session);
  ask_sqlite_rollback(session);
  return status;
}
