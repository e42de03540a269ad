/* Connections and their settings, and what the result codes of SQLite mean. Not for deciding whether a file may be opened
 * or made: see open.c. */
#define _GNU_SOURCE 1 /* strerrordesc_np */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/sqlite/sqlite.h"

/* What the system said when a read or write failed. SQLite passes it on from most operations; from COMMIT it does not, and
 * then the log knows, where a commit writes. 0: nothing is known. */
static int system_error(sqlite3 *connection) {
  sqlite3_file *log = NULL;
  int number = sqlite3_system_errno(connection);
  if (number == 0 && sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
      log->pMethods)
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

enum ask_store_status ask_sqlite_meaning(sqlite3 *connection, int code, const char *doing, char *message) {
  const char *why = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  int number = 0;
  enum ask_store_status status = ASK_STORE_BROKEN;
  bool of_system = false;
  switch (code & 0xff) {
  case SQLITE_FULL: status = ASK_STORE_FULL; break;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    if (connection) number = system_error(connection);
    of_system = number != 0;
    status = number == ENOSPC || number == EDQUOT || number == EFBIG ? ASK_STORE_FULL : ASK_STORE_AWAY;
    break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_PROTOCOL:
  case SQLITE_INTERRUPT:
  case SQLITE_NOMEM: status = ASK_STORE_AWAY; break;
  default: break; /* damaged, or not what we wrote */
  }
  if (of_system)
    snprintf(message, ASK_STORE_MESSAGE, "%s: %s (%s)", doing, why, strerrordesc_np(number));
  else
    snprintf(message, ASK_STORE_MESSAGE, "%s: %s", doing, why);
  return status;
}

/* Waits in steps of a millisecond, so that a command gets its turn between the groups of a busy server; SQLite's own
 * handler waits ever longer and would hardly ever find the gap. */
static int wait_for_turn(void *milliseconds, int times) {
  if (times >= (int)(intptr_t)milliseconds) return 0;
  nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  return 1;
}

/* Pages of 8 kB: rows are mostly of 2 to 4 kB, and on pages of 4 kB each would have one to itself. */
static const char settings[] = "pragma page_size = 8192;" /* of a file that is made */
                               "pragma foreign_keys = on;"
                               "pragma cell_size_check = on;"
                               "pragma mmap_size = 0;"
                               "pragma temp_store = memory;"
                               "pragma synchronous = full;"
                               "pragma wal_autocheckpoint = 1000;"      /* pages: 8 MB */
                               "pragma journal_size_limit = 67108864;"; /* bytes that a log keeps once it was larger */

sqlite3 *ask_sqlite_connect(const char *path, int busy_milliseconds, enum ask_store_status *ret_status, char *message) {
  sqlite3 *connection = NULL;
  /* No mutex: a connection belongs to one session, and a session to one thread at a time. */
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(path, &connection, flags, NULL);
  if (code == SQLITE_OK) {
    sqlite3_busy_handler(connection, wait_for_turn, (void *)(intptr_t)busy_milliseconds);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 4 * (int)ASK_SQLITE_UNPACKED);
    code = sqlite3_exec(connection, settings, NULL, NULL, NULL);
  }
  if (code == SQLITE_OK) return connection;
  *ret_status = ask_sqlite_meaning(connection, code, "opening the file", message);
  sqlite3_close(connection);
  return NULL;
}

enum ask_store_status ask_sqlite_settle(sqlite3 *connection, char *message) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, "pragma journal_mode = wal", -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  enum ask_store_status status = ASK_STORE_OK;
  if (code != SQLITE_ROW) {
    status = ask_sqlite_meaning(connection, code, "opening the log", message);
  } else if (strcmp((const char *)sqlite3_column_text(statement, 0), "wal") != 0) {
    snprintf(message, ASK_STORE_MESSAGE, "this place cannot hold a write-ahead log (a network folder?)");
    status = ASK_STORE_AWAY;
  }
  sqlite3_finalize(statement);
  return status;
}
