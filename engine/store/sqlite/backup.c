/* Copies of whole stores into one new SQLite file: of a SQLite store page by page, while others read and write; of
 * another store row by row. The file is checked, lies in one piece (no log beside it), and has its name only then. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/copy.h"
#include "store/part.h"
#include "store/sqlite/sqlite.h"

enum { PAGES_AT_ONCE = 512, BUSY_PAUSE = 20 /* milliseconds */, BUSY_TIMES = 500 };

/* ---- what every copy ends with ----------------------------------------------------------------------------------- */

/* One line of text that a pragma gives. */
static int pragma_text(sqlite3 *file, const char *sql, char *ret, size_t size) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(file, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  ret[0] = '\0';
  if (code == SQLITE_ROW) {
    const unsigned char *text = sqlite3_column_text(statement, 0);
    snprintf(ret, size, "%s", text ? (const char *)text : "");
  }
  sqlite3_finalize(statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Folds the log in and lets SQLite check the file. */
static enum ask_store_status close_and_check(const char *name, char *message) {
  sqlite3 *file = NULL;
  char answer[160] = "";
  int code = sqlite3_open_v2(name, &file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK) code = pragma_text(file, "pragma journal_mode = delete", answer, sizeof answer);
  bool one_piece = code == SQLITE_OK && strcmp(answer, "delete") == 0;
  if (one_piece) code = pragma_text(file, "pragma integrity_check(1)", answer, sizeof answer);
  enum ask_store_status status = ASK_STORE_OK;
  if (code != SQLITE_OK) {
    status = ask_sqlite_meaning(file, code, "checking the copy", message);
  } else if (!one_piece) {
    snprintf(message, ASK_STORE_MESSAGE, "somebody else has %s open", name);
    status = ASK_STORE_AWAY;
  } else if (strcmp(answer, "ok") != 0) {
    snprintf(message, ASK_STORE_MESSAGE, "the copy is damaged, as the store may be (askonce store check): %.120s",
             answer);
    status = ASK_STORE_BROKEN;
  }
  sqlite3_close(file);
  return status;
}

static enum ask_store_status end(struct ask_part *part, enum ask_store_status status, char *message) {
  if (status == ASK_STORE_OK) status = close_and_check(part->name, message);
  if (status == ASK_STORE_OK) return ask_part_finish(part, message);
  ask_part_abandon(part);
  return status;
}

/* ---- page by page ------------------------------------------------------------------------------------------------ */

static int copy_pages(sqlite3_backup *backup, void (*progress)(void *context, int64_t done, int64_t total),
                      void *context) {
  int code = SQLITE_OK;
  for (int busy = 0; code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;) {
    code = sqlite3_backup_step(backup, PAGES_AT_ONCE);
    if (code == SQLITE_OK || code == SQLITE_DONE) {
      int64_t total = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
      if (progress) progress(context, total - left, total);
      busy = 0;
    } else {
      if (++busy > BUSY_TIMES) break;
      sqlite3_sleep(BUSY_PAUSE);
    }
  }
  return code;
}

static enum ask_store_status copy_file(struct ask_sqlite_session *session, const char *name,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context) {
  sqlite3 *file = NULL;
  enum ask_store_status status = ASK_STORE_OK;
  int code = sqlite3_open_v2(name, &file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  /* The whole file is synced once at its end; until then it may be lost. */
  if (code == SQLITE_OK) code = sqlite3_exec(file, "pragma synchronous = off", NULL, NULL, NULL);
  sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(file, "main", session->connection, "main") : NULL;
  if (backup) {
    code = copy_pages(backup, progress, context);
    sqlite3_backup_finish(backup);
  } else if (code == SQLITE_OK) {
    code = sqlite3_extended_errcode(file);
  }
  if (code != SQLITE_DONE) status = ask_sqlite_meaning(file, code, "copying", session->message);
  sqlite3_close(file);
  return status;
}

/* Others go on writing into the log. SQLite begins again when somebody has written since the last step, and would never
 * come to an end beside a busy server; a read that stays open keeps all steps at one moment. */
static enum ask_store_status hold_moment(struct ask_sqlite_session *session) {
  static const char sql[] = "select count(*) from meta";
  enum ask_store_status status = ask_sqlite_begin(session, false);
  if (status != ASK_STORE_OK) return status;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_row(session, statement);
  status = session->status;
  ask_sqlite_done(statement);
  return status;
}

enum ask_store_status ask_sqlite_backup(void *part, const char *path,
                                        void (*progress)(void *context, int64_t done, int64_t total), void *context) {
  struct ask_sqlite_session *session = part;
  struct ask_part copy;
  enum ask_store_status status = hold_moment(session);
  if (status == ASK_STORE_OK) {
    status = ask_part_begin(&copy, path, session->message);
    if (status == ASK_STORE_OK) status = end(&copy, copy_file(session, copy.name, progress, context), session->message);
  }
  ask_sqlite_rollback(session);
  return status;
}

/* ---- row by row -------------------------------------------------------------------------------------------------- */

static enum ask_store_status copy_rows(const struct ask_copy_source *from, const char *name,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context,
                                       char *message) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  enum ask_store_status status = ASK_STORE_AWAY;
  char *url = ask_printf(arena, "sqlite:%s", name);
  struct ask_store *store = ask_store_open(url, &(struct ask_store_options){.create = true}, &problems);
  if (store) {
    struct ask_copy_outcome outcome;
    ask_store_session *session = ask_store_session_open(store);
    status = ask_copy_rows(from, session, "backup", progress, context, &outcome, message);
    if (status == ASK_STORE_OK && !ask_counts_equal(&outcome.from, &outcome.to)) {
      snprintf(message, ASK_STORE_MESSAGE, "the copy does not hold as many rows as the store");
      status = ASK_STORE_BROKEN;
    }
    ask_store_session_close(session);
    ask_store_close(store);
  } else {
    snprintf(message, ASK_STORE_MESSAGE, "%.250s", problems.count ? problems.list[0].message : "the copy");
  }
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_copy_to_file(const struct ask_copy_source *from, const char *path,
                                       void (*progress)(void *context, int64_t done, int64_t total), void *context,
                                       char message[ASK_STORE_MESSAGE]) {
  struct ask_part copy;
  enum ask_store_status status = ask_part_begin(&copy, path, message);
  if (status != ASK_STORE_OK) return status;
  return end(&copy, copy_rows(from, copy.name, progress, context, message), message);
}
