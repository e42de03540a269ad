/* Revokes a key. One that is revoked stays as it is. */
#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_key_revoke(void *part, const struct ask_uuid *id, int64_t at) {
  static const char sql[] = "update api_key set revoked = case revoked when 0 then ?2 else revoked end where id = ?1";
  struct ask_sqlite_session *session = part;
  enum ask_store_status status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  status = session->status;
  int changes = 0;
  if (statement) {
    ask_sqlite_bind_uuid(statement, 1, id);
    ask_sqlite_bind_integer(statement, 2, at);
    status = ask_sqlite_run(session, statement, &changes);
  }
  if (status == ASK_STORE_OK && changes == 0) status = ASK_STORE_NOT_FOUND;
  if (status == ASK_STORE_OK) return ask_sqlite_commit(session);
  ask_sqlite_rollback(session);
  return status;
}
