/* One revision of an assessment. */
#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_get(void *part, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                     int32_t number, struct ask_arena *arena, struct ask_revision *ret) {
  static const char sql[] = "select r.number, r.at, r.as_of, r.key, r.rules, r.answers, r.result"
                            " from assessment a join revision r on r.client_key = a.client_key and r.id = a.id"
                            " where a.client_key = ?1 and a.id = ?2 and a.partner = ?3"
                            " and r.number = case ?4 when 0 then a.latest else ?4 end";
  struct ask_sqlite_session *session = part;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(assessment));
  ask_sqlite_bind_uuid(statement, 2, assessment);
  ask_sqlite_bind_uuid(statement, 3, partner);
  ask_sqlite_bind_integer(statement, 4, number);
  enum ask_store_status status = ASK_STORE_NOT_FOUND;
  if (ask_sqlite_row(session, statement)) {
    struct ask_revision revision = {
        .assessment = *assessment,
        .partner = *partner,
        .number = (int32_t)ask_sqlite_column_integer(statement, 0),
        .at = ask_sqlite_column_integer(statement, 1),
        .as_of = ask_sqlite_column_integer(statement, 2),
    };
    bool whole = ask_sqlite_column_uuid(session, statement, 3, &revision.key) &&
                 ask_sqlite_column_hash(session, statement, 4, revision.rules) &&
                 ask_sqlite_column_packed(session, statement, 5, arena, &revision.answers) &&
                 ask_sqlite_column_packed(session, statement, 6, arena, &revision.result);
    status = whole ? ASK_STORE_OK : session->status;
    if (whole) *ret = revision;
  } else if (session->status != ASK_STORE_OK) {
    status = session->status;
  }
  ask_sqlite_done(statement);
  return status;
}
