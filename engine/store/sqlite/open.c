/* Opening a store: finds out whether the file is ours and of a version we know; makes or migrates it if told to. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite/sqlite.h"

enum { BUSY_SECONDS = 5, BUSY_SECONDS_MOST = 3600 };

static void complain(struct ask_problems *problems, const char *code, const char *path, const char *hint,
                     const char *what) {
  ask_problem_add(problems, ASK_ERROR, code, ASK_NOWHERE, NULL, hint, "the store %s: %s", path, what);
}

/* There is a regular file after this, empty if it is new. */
static bool file_is_there(const char *path, bool create, struct ask_problems *problems) {
  struct stat found;
  if (path[0] == '\0') {
    complain(problems, "no-store", path, "write sqlite:PATH", "the path is empty");
    return false;
  }
  if (stat(path, &found) == 0) {
    if (S_ISREG(found.st_mode)) return true;
    complain(problems, "not-a-store", path, "name the file of a store", "it is not a regular file");
    return false;
  }
  if (errno != ENOENT) {
    complain(problems, "no-store", path, "check the path and who may read it", strerror(errno));
    return false;
  }
  if (!create) {
    complain(problems, "no-store", path, "check the path; the server makes a store where there is none",
             "there is no such file");
    return false;
  }
  int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno != EEXIST) { /* EEXIST: another process was faster, which is as good */
    complain(problems, "no-store", path, "check that the folder is there and may be written to", strerror(errno));
    return false;
  }
  if (file >= 0) {
    /* SQLite syncs the folder when it makes its log, not for a file that it finds there. */
    fsync(file);
    close(file);
    char *folder = strdup(path);
    if (!folder) abort();
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder ? 1 : 0] = '\0';
    int directory = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
      fsync(directory);
      close(directory);
    }
    free(folder);
  }
  return true;
}

/* The connection of a file that may be used by this program; made or migrated. NULL after adding a problem. */
static sqlite3 *open_ours(const char *path, int busy, bool create, struct ask_problems *problems) {
  char message[ASK_STORE_MESSAGE] = "";
  enum ask_store_status status = ASK_STORE_OK;
  int version = 0, known = ask_sqlite_schema_version();
  sqlite3 *connection = ask_sqlite_connect(path, busy, &status, message);
  if (connection) status = ask_sqlite_schema_read(connection, &version, message);
  const char *code = NULL, *hint = NULL;
  if (status != ASK_STORE_OK) {
    code = status == ASK_STORE_BROKEN ? "not-a-store" : "store-away";
    hint = status == ASK_STORE_FULL     ? "make room on the disk"
           : status == ASK_STORE_BROKEN ? "name the file of a store, or restore it from a backup"
                                        : "check the file, its folder and who may write to them";
  } else if (version < 0) {
    code = "not-a-store";
    hint = "name another file; nothing was changed in this one";
    snprintf(message, sizeof message, "it is not a store of askonce");
  } else if (version > known) {
    code = "newer-store";
    hint = "use that version of askonce; nothing was changed";
    snprintf(message, sizeof message, "a newer askonce made it (its version is %d, this program knows up to %d)",
             version, known);
  } else if (version < known && !create) {
    code = version == 0 ? "no-store" : "older-store";
    hint = version == 0 ? "check the path; the server makes a store where there is none"
                        : "make a backup, then start the server once: it brings the store up to date";
    if (version == 0)
      snprintf(message, sizeof message, "the file is empty");
    else
      snprintf(message, sizeof message, "it is of version %d and has to become %d first", version, known);
  } else {
    status = ask_sqlite_settle(connection, message);
    if (status == ASK_STORE_OK && version < known) status = ask_sqlite_schema_migrate(connection, message);
    if (status == ASK_STORE_OK) return connection;
    code = status == ASK_STORE_BROKEN ? "not-a-store" : "store-away";
    hint = status == ASK_STORE_FULL ? "make room on the disk" : "check the file, its folder and who may write to them";
  }
  complain(problems, code, path, hint, message);
  sqlite3_close(connection);
  return NULL;
}

void *ask_sqlite_open(const char *url, const struct ask_store_options *options, struct ask_problems *problems) {
  if (!file_is_there(url, options->create, problems)) return NULL;
  char *path = realpath(url, NULL);
  if (!path) {
    complain(problems, "no-store", url, "check the path", strerror(errno));
    return NULL;
  }
  int seconds = options->busy_seconds > 0 ? options->busy_seconds : BUSY_SECONDS;
  int busy = (seconds < BUSY_SECONDS_MOST ? seconds : BUSY_SECONDS_MOST) * 1000;
  sqlite3 *keeper = open_ours(path, busy, options->create, problems);
  if (!keeper) {
    free(path);
    return NULL;
  }
  struct ask_sqlite_store *store = calloc(1, sizeof *store);
  if (!store) abort();
  *store = (struct ask_sqlite_store){.path = path, .busy_milliseconds = busy, .keeper = keeper};
  return store;
}

void ask_sqlite_close(void *part) {
  struct ask_sqlite_store *store = part;
  sqlite3_close(store->keeper);
  free(store->path);
  free(store);
}
