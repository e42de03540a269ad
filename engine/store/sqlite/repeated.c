/* What an idempotency key has made. */
#include <sqlite3.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_repeated(void *part, const struct ask_uuid *partner, struct ask_text idempotency_key,
                                          const unsigned char fingerprint[32], struct ask_uuid *ret_assessment,
                                          int32_t *ret_number) {
  static const char sql[] = "select fingerprint, assessment, number from idempotency where partner = ?1 and key = ?2";
  struct ask_sqlite_session *session = part;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, partner);
  ask_sqlite_bind_bytes(statement, 2, idempotency_key.bytes, idempotency_key.length);
  enum ask_store_status status = ASK_STORE_NOT_FOUND;
  if (ask_sqlite_row(session, statement)) {
    const void *stored = sqlite3_column_blob(statement, 0);
    struct ask_uuid made;
    if (!stored || sqlite3_column_bytes(statement, 0) != 32) {
      status = ask_sqlite_say(session, ASK_STORE_BROKEN, "a fingerprint in the file is damaged");
    } else if (memcmp(stored, fingerprint, 32) != 0) {
      status = ASK_STORE_KEY_REUSED;
    } else if (!ask_sqlite_column_uuid(session, statement, 1, &made)) {
      status = session->status;
    } else {
      *ret_assessment = made;
      *ret_number = (int32_t)ask_sqlite_column_integer(statement, 2);
      status = ASK_STORE_REPEATED;
    }
  } else if (session->status != ASK_STORE_OK) {
    status = session->status;
  }
  ask_sqlite_done(statement);
  return status;
}
