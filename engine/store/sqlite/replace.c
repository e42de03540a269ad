/* Putting a whole SQLite file in the place of a store: the old one is kept beside under another name, and there is
 * one of the two at every moment. Not for whether the new one is sound: that was checked before. */
#define _GNU_SOURCE 1 /* asprintf */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/copy.h"
#include "store/sqlite/sqlite.h"

static const char *const beside[] = {"-wal", "-shm", "-journal"};
enum { BESIDE = sizeof beside / sizeof *beside };

static bool is_there(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0;
}

static bool is_beside(const char *path, size_t which) {
  char *name = NULL;
  if (asprintf(&name, "%s%s", path, beside[which]) < 0) abort();
  bool found = is_there(name);
  free(name);
  return found;
}

static enum ask_store_status failed(const char *path, const char *doing, char *message) {
  int error = errno;
  snprintf(message, ASK_STORE_MESSAGE, "%s cannot be %s: %s", path, doing, strerror(error));
  return error == ENOSPC || error == EDQUOT ? ASK_STORE_FULL : ASK_STORE_AWAY;
}

/* Folds the log of the old store into its file, which only works while nobody else has it open. A log that stayed
 * would be taken for the new file's. BROKEN: it is too damaged for that. */
static enum ask_store_status fold_log(const char *path, char *message) {
  sqlite3 *file = NULL;
  sqlite3_stmt *statement = NULL;
  enum ask_store_status status = ASK_STORE_OK;
  int code = sqlite3_open_v2(path, &file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(file, "pragma journal_mode = delete", -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED ||
      (code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "delete") != 0)) {
    snprintf(message, ASK_STORE_MESSAGE, "another process works with %.150s: stop it first", path);
    status = ASK_STORE_BUSY;
  } else if (code != SQLITE_ROW) {
    status = ask_sqlite_meaning(file, code, "closing the old store", message);
  }
  sqlite3_finalize(statement);
  sqlite3_close(file);
  return status;
}

/* A store too damaged to be closed: its log goes along to the other name. */
static enum ask_store_status move_log(const char *path, const char *kept, char *message) {
  enum ask_store_status status = ASK_STORE_OK;
  for (size_t i = 0; i < BESIDE && status == ASK_STORE_OK; i++) {
    char *from = NULL, *to = NULL;
    if (asprintf(&from, "%s%s", path, beside[i]) < 0 || asprintf(&to, "%s%s", kept, beside[i]) < 0) abort();
    if (is_there(from) && rename(from, to) != 0) status = failed(from, "moved", message);
    free(from);
    free(to);
  }
  return status;
}

static bool sync_file(const char *path) {
  int file = open(path, O_RDWR | O_CLOEXEC);
  bool good = file >= 0 && fsync(file) == 0;
  int error = errno;
  if (file >= 0) close(file);
  errno = error;
  return good;
}

static void sync_folder_of(const char *path) {
  char *folder = strdup(path);
  if (!folder) abort();
  char *slash = strrchr(folder, '/');
  if (slash) slash[slash == folder ? 1 : 0] = '\0';
  int file = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file >= 0) {
    fsync(file);
    close(file);
  }
  free(folder);
}

enum ask_store_status ask_copy_into_place(const char *file, const char *path, const char *kept,
                                          char message[ASK_STORE_MESSAGE]) {
  enum ask_store_status status = fold_log(file, message);
  if (status != ASK_STORE_OK) return status;
  if (!sync_file(file)) return failed(file, "synced", message);
  if (is_there(path)) {
    status = fold_log(path, message);
    if (status == ASK_STORE_BROKEN) status = move_log(path, kept, message);
    if (status != ASK_STORE_OK) return status;
    for (size_t i = 0; i < BESIDE; i++)
      if (is_beside(path, i)) {
        snprintf(message, ASK_STORE_MESSAGE, "%.150s%s is still there: stop what works with it", path, beside[i]);
        return ASK_STORE_BUSY;
      }
    if (link(path, kept) != 0) return failed(path, "kept under another name", message);
  } else {
    /* the log of a store that somebody took away would be taken for the new one's */
    status = move_log(path, kept, message);
    if (status != ASK_STORE_OK) return status;
  }
  if (rename(file, path) != 0) return failed(path, "replaced", message);
  sync_folder_of(path);
  return ASK_STORE_OK;
}
