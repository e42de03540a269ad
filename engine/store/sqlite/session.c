/* Sessions: a connection that is opened when needed and again after it failed, and transactions on it. */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

void *ask_sqlite_session_open(void *store, char *message) {
  struct ask_sqlite_session *session = calloc(1, sizeof *session);
  if (!session) abort();
  session->store = store;
  session->message = message;
  return session;
}

void ask_sqlite_disconnect(struct ask_sqlite_session *session) {
  for (size_t i = 0; i < session->statement_count; i++) sqlite3_finalize(session->statements[i].prepared);
  session->statement_count = 0;
  sqlite3_close(session->connection);
  session->connection = NULL;
  session->failing = false;
}

void ask_sqlite_session_close(void *part) {
  struct ask_sqlite_session *session = part;
  ask_sqlite_rollback(session);
  ask_sqlite_disconnect(session);
  ask_buffer_free(&session->packed[0]);
  ask_buffer_free(&session->packed[1]);
  free(session->compressor);
  free(session);
}

enum ask_store_status ask_sqlite_say(struct ask_sqlite_session *session, enum ask_store_status status,
                                     const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(session->message, ASK_STORE_MESSAGE, format, args);
  va_end(args);
  session->status = status;
  return status;
}

enum ask_store_status ask_sqlite_failed(struct ask_sqlite_session *session, int code, const char *doing) {
  session->status = ask_sqlite_meaning(session->connection, code, doing, session->message);
  switch (code & 0xff) {
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY: /* also: the file was moved away */
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_PROTOCOL: session->failing = true; break;
  default: break;
  }
  return session->status;
}

sqlite3 *ask_sqlite_connection(struct ask_sqlite_session *session) {
  if (session->failing && !session->in_transaction) ask_sqlite_disconnect(session);
  if (session->connection) {
    session->status = ASK_STORE_OK;
    return session->connection;
  }
  int version = 0;
  const struct ask_sqlite_store *store = session->store;
  sqlite3 *connection = ask_sqlite_connect(store->path, store->busy_milliseconds, &session->status, session->message);
  if (!connection) return NULL;
  session->status = ask_sqlite_schema_read(connection, &version, session->message);
  if (session->status == ASK_STORE_OK && version != ask_sqlite_schema_version())
    ask_sqlite_say(session, ASK_STORE_BROKEN, "the file in the store's place is not a store of this version");
  if (session->status == ASK_STORE_OK) session->status = ask_sqlite_settle(connection, session->message);
  if (session->status != ASK_STORE_OK) {
    sqlite3_close(connection);
    return NULL;
  }
  session->connection = connection;
  return connection;
}

enum ask_store_status ask_sqlite_begin(struct ask_sqlite_session *session, bool to_write) {
  ask_sqlite_rollback(session);
  sqlite3_stmt *statement = ask_sqlite_statement(session, to_write ? "begin immediate" : "begin");
  if (!statement) return session->status;
  enum ask_store_status status = ask_sqlite_run(session, statement, NULL);
  session->in_transaction = status == ASK_STORE_OK;
  return status;
}

enum ask_store_status ask_sqlite_commit(struct ask_sqlite_session *session) {
  sqlite3_stmt *statement = ask_sqlite_statement(session, "commit");
  enum ask_store_status status = statement ? ask_sqlite_run(session, statement, NULL) : session->status;
  if (status == ASK_STORE_OK)
    session->in_transaction = false;
  else
    ask_sqlite_rollback(session);
  return status;
}

void ask_sqlite_rollback(struct ask_sqlite_session *session) {
  sqlite3 *connection = session->connection;
  if (connection && !sqlite3_get_autocommit(connection)) {
    sqlite3_exec(connection, "rollback", NULL, NULL, NULL);
    if (!sqlite3_get_autocommit(connection)) session->failing = true;
  }
  session->in_transaction = false;
}

void ask_sqlite_leave_moved(struct ask_sqlite_session *session) {
  int moved = 0;
  if (session->connection && !session->in_transaction &&
      sqlite3_file_control(session->connection, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved)
    session->failing = true;
}
