/* Counting what a store holds. */
#include <sqlite3.h>

#include "store/sqlite/sqlite.h"

enum ask_store_status ask_sqlite_count(void *part, struct ask_store_counts *ret) {
  static const char sql[] = "select (select count(*) from partner), (select count(*) from api_key), "
                            "(select count(*) from rules), (select count(*) from assessment), "
                            "(select count(*) from revision), (select count(*) from idempotency), "
                            "(select count(*) from document)";
  struct ask_sqlite_session *session = part;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  if (ask_sqlite_row(session, statement))
    *ret = (struct ask_store_counts){.partners = ask_sqlite_column_integer(statement, 0),
                                     .keys = ask_sqlite_column_integer(statement, 1),
                                     .rules = ask_sqlite_column_integer(statement, 2),
                                     .assessments = ask_sqlite_column_integer(statement, 3),
                                     .revisions = ask_sqlite_column_integer(statement, 4),
                                     .idempotency_keys = ask_sqlite_column_integer(statement, 5),
                                     .documents = ask_sqlite_column_integer(statement, 6)};
  enum ask_store_status status = session->status;
  ask_sqlite_done(statement);
  return status;
}
