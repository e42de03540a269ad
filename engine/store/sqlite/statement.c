/* Prepared statements, kept per connection and prepared again after a reconnect; parameters and columns. */
#include <sqlite3.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

sqlite3_stmt *ask_sqlite_statement(struct ask_sqlite_session *session, const char *sql) {
  /* A transaction that ended by itself, or on a connection that fails, must not go on as single statements. */
  if (session->in_transaction &&
      (!session->connection || session->failing || sqlite3_get_autocommit(session->connection))) {
    if (session->status == ASK_STORE_OK) ask_sqlite_say(session, ASK_STORE_AWAY, "the transaction has ended early");
    return NULL;
  }
  sqlite3 *connection = ask_sqlite_connection(session);
  if (!connection) return NULL;
  for (size_t i = 0; i < session->statement_count; i++)
    if (session->statements[i].sql == sql) return session->statements[i].prepared;
  if (session->statement_count == ASK_SQLITE_STATEMENTS) {
    ask_sqlite_say(session, ASK_STORE_BROKEN, "more than %d statements", (int)ASK_SQLITE_STATEMENTS);
    return NULL;
  }
  sqlite3_stmt *prepared = NULL;
  int code = sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
  if (code != SQLITE_OK) {
    ask_sqlite_failed(session, code, "preparing");
    return NULL;
  }
  session->statements[session->statement_count++] = (struct ask_sqlite_statement){sql, prepared};
  return prepared;
}

bool ask_sqlite_row(struct ask_sqlite_session *session, sqlite3_stmt *statement) {
  int code = sqlite3_step(statement);
  session->status = ASK_STORE_OK;
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) ask_sqlite_failed(session, code, "reading");
  return false;
}

enum ask_store_status ask_sqlite_run(struct ask_sqlite_session *session, sqlite3_stmt *statement, int *ret_changes) {
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) code = SQLITE_DONE;
  session->status = ASK_STORE_OK;
  if ((code & 0xff) == SQLITE_CONSTRAINT)
    ask_sqlite_say(session, ASK_STORE_CONFLICT, "%s", sqlite3_errmsg(session->connection));
  else if (code != SQLITE_DONE)
    ask_sqlite_failed(session, code, "writing");
  else if (ret_changes)
    *ret_changes = sqlite3_changes(session->connection);
  ask_sqlite_done(statement);
  return session->status;
}

void ask_sqlite_done(sqlite3_stmt *statement) {
  if (!statement) return;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

/* Binding fails only when memory is out or the number is wrong; then the column is null, and `not null` refuses it. */
void ask_sqlite_bind_bytes(sqlite3_stmt *statement, int at, const void *bytes, size_t length) {
  sqlite3_bind_blob64(statement, at, length ? bytes : "", length, SQLITE_STATIC);
}

void ask_sqlite_bind_uuid(sqlite3_stmt *statement, int at, const struct ask_uuid *uuid) {
  ask_sqlite_bind_bytes(statement, at, uuid->bytes, sizeof uuid->bytes);
}

void ask_sqlite_bind_integer(sqlite3_stmt *statement, int at, int64_t value) {
  sqlite3_bind_int64(statement, at, value);
}

void ask_sqlite_bind_string(sqlite3_stmt *statement, int at, const char *text) {
  sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

bool ask_sqlite_column_uuid(struct ask_sqlite_session *session, sqlite3_stmt *statement, int at, struct ask_uuid *ret) {
  const void *bytes = sqlite3_column_blob(statement, at);
  if (!bytes || sqlite3_column_bytes(statement, at) != (int)sizeof ret->bytes) {
    ask_sqlite_say(session, ASK_STORE_BROKEN, "an identifier in the file is damaged");
    return false;
  }
  memcpy(ret->bytes, bytes, sizeof ret->bytes);
  return true;
}

bool ask_sqlite_column_hash(struct ask_sqlite_session *session, sqlite3_stmt *statement, int at,
                            char ret[ASK_HASH_TEXT]) {
  const void *text = sqlite3_column_text(statement, at);
  size_t length = (size_t)sqlite3_column_bytes(statement, at);
  if (!text || length >= ASK_HASH_TEXT) {
    ask_sqlite_say(session, ASK_STORE_BROKEN, "a hash in the file is damaged");
    return false;
  }
  memcpy(ret, text, length);
  ret[length] = '\0';
  return true;
}

int64_t ask_sqlite_column_integer(sqlite3_stmt *statement, int at) { return sqlite3_column_int64(statement, at); }

const char *ask_sqlite_column_string(sqlite3_stmt *statement, int at, struct ask_arena *arena) {
  const unsigned char *text = sqlite3_column_text(statement, at);
  return ask_strndup(arena, text ? (const char *)text : "", text ? (size_t)sqlite3_column_bytes(statement, at) : 0);
}

struct ask_text ask_sqlite_column_bytes(sqlite3_stmt *statement, int at, struct ask_arena *arena) {
  const char *bytes = sqlite3_column_blob(statement, at);
  size_t length = bytes ? (size_t)sqlite3_column_bytes(statement, at) : 0;
  return (struct ask_text){ask_strndup(arena, bytes, length), length};
}
