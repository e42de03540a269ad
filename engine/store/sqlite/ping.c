/* Is the store there, and can it be written to? */
#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_ping(void *part) {
  struct ask_sqlite_session *session = part;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, "select value from meta where name = 'probe'");
  if (!statement) return session->status;
  bool there = ask_sqlite_row(session, statement);
  ask_sqlite_done(statement);
  if (!there && session->status == ASK_STORE_OK)
    return ask_sqlite_say(session, ASK_STORE_BROKEN, "the file lacks what every store has");
  return session->status;
}

enum ask_store_status ask_sqlite_try_write(void *part) {
  struct ask_sqlite_session *session = part;
  enum ask_store_status status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  struct sqlite3_stmt *statement = ask_sqlite_statement(
      session, "update meta set value = cast(cast(value as integer) + 1 as text) where name = 'probe'");
  status = statement ? ask_sqlite_run(session, statement, NULL) : session->status;
  if (status == ASK_STORE_OK) return ask_sqlite_commit(session);
  ask_sqlite_rollback(session);
  return status;
}
