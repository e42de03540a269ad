/* Reading partners' keys: one by its hash, or all. */
#include "store/sqlite/sqlite.h"

#define COLUMNS \
  "select k.id, k.partner, k.hash, k.created, k.revoked, p.name from api_key k join partner p on p.id = k.partner"

static bool read_key(struct ask_sqlite_session *session, struct sqlite3_stmt *statement, struct ask_arena *arena,
                     struct ask_partner_key *ret) {
  if (!ask_sqlite_column_uuid(session, statement, 0, &ret->id) ||
      !ask_sqlite_column_uuid(session, statement, 1, &ret->partner) ||
      !ask_sqlite_column_hash(session, statement, 2, ret->hash))
    return false;
  ret->created = ask_sqlite_column_integer(statement, 3);
  ret->revoked = ask_sqlite_column_integer(statement, 4);
  ret->name = ask_sqlite_column_string(statement, 5, arena);
  return true;
}

enum ask_store_status ask_sqlite_key_find(void *part, const char *hash, struct ask_arena *arena,
                                          struct ask_partner_key *ret) {
  static const char sql[] = COLUMNS " where k.hash = ?1";
  struct ask_sqlite_session *session = part;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, hash);
  enum ask_store_status status = ASK_STORE_NOT_FOUND;
  if (ask_sqlite_row(session, statement)) {
    struct ask_partner_key key = {0};
    status = read_key(session, statement, arena, &key) ? ASK_STORE_OK : session->status;
    if (status == ASK_STORE_OK) *ret = key;
  } else if (session->status != ASK_STORE_OK) {
    status = session->status;
  }
  ask_sqlite_done(statement);
  return status;
}

enum ask_store_status ask_sqlite_keys(void *part, struct ask_arena *arena, struct ask_partner_key **ret,
                                      size_t *ret_count) {
  static const char sql[] = COLUMNS " order by k.created, k.id";
  struct ask_sqlite_session *session = part;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  struct ask_partner_key *list = NULL;
  size_t count = 0, capacity = 0;
  while (ask_sqlite_row(session, statement)) {
    struct ask_partner_key key = {0};
    if (!read_key(session, statement, arena, &key)) break;
    *(struct ask_partner_key *)ask_push(arena, &list, &count, &capacity, sizeof key) = key;
  }
  enum ask_store_status status = session->status;
  ask_sqlite_done(statement);
  if (status != ASK_STORE_OK) return status;
  *ret = list;
  *ret_count = count;
  return ASK_STORE_OK;
}
