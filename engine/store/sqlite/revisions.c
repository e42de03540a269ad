/* The list of an assessment's revisions. */
#include "store/sqlite/sqlite.h"

enum { MOST = 1000 };

/* The latest revision's number, if the assessment is the partner's. */
static enum ask_store_status latest_of(struct ask_sqlite_session *session, const struct ask_uuid *partner,
                                       const struct ask_uuid *assessment, int32_t *ret) {
  static const char sql[] = "select latest from assessment where client_key = ?1 and id = ?2 and partner = ?3";
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(assessment));
  ask_sqlite_bind_uuid(statement, 2, assessment);
  ask_sqlite_bind_uuid(statement, 3, partner);
  enum ask_store_status status = ASK_STORE_OK;
  if (ask_sqlite_row(session, statement))
    *ret = (int32_t)ask_sqlite_column_integer(statement, 0);
  else
    status = session->status == ASK_STORE_OK ? ASK_STORE_NOT_FOUND : session->status;
  ask_sqlite_done(statement);
  return status;
}

enum ask_store_status ask_sqlite_revisions(void *part, const struct ask_uuid *partner,
                                           const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                           struct ask_arena *arena, struct ask_revision_line **ret, size_t *ret_count,
                                           int32_t *ret_latest) {
  /* Up to the latest that is told, so that both agree though they are read one after the other. */
  static const char sql[] = "select number, at, as_of, key, rules, answers from revision"
                            " where client_key = ?1 and id = ?2 and number > ?3 and number <= ?4"
                            " order by number limit ?5";
  struct ask_sqlite_session *session = part;
  int32_t latest = 0;
  enum ask_store_status status = latest_of(session, partner, assessment, &latest);
  if (status != ASK_STORE_OK) return status;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_integer(statement, 1, ask_uuid_client_key(assessment));
  ask_sqlite_bind_uuid(statement, 2, assessment);
  ask_sqlite_bind_integer(statement, 3, after);
  ask_sqlite_bind_integer(statement, 4, latest);
  ask_sqlite_bind_integer(statement, 5, limit < 1 ? 1 : limit > MOST ? MOST : limit);
  struct ask_revision_line *list = NULL;
  size_t count = 0, capacity = 0;
  while (ask_sqlite_row(session, statement)) {
    struct ask_revision_line line = {
        .number = (int32_t)ask_sqlite_column_integer(statement, 0),
        .at = ask_sqlite_column_integer(statement, 1),
        .as_of = ask_sqlite_column_integer(statement, 2),
    };
    if (!ask_sqlite_column_uuid(session, statement, 3, &line.key) ||
        !ask_sqlite_column_hash(session, statement, 4, line.rules) ||
        !ask_sqlite_column_packed(session, statement, 5, arena, &line.answers))
      break;
    *(struct ask_revision_line *)ask_push(arena, &list, &count, &capacity, sizeof line) = line;
  }
  status = session->status;
  ask_sqlite_done(statement);
  if (status != ASK_STORE_OK) return status;
  *ret = list;
  *ret_count = count;
  *ret_latest = latest;
  return ASK_STORE_OK;
}
