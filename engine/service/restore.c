/* Restoring a store from a backup. */
#include "service/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/file.h"
#include "service/keys.h"
#include "store/copy.h"
#include "store/part.h"

struct work {
  const struct ask_restore *restore;
  struct ask_arena *arena;
  struct ask_problems *problems;
  struct ask_restored *ret;
  char digest[ASK_HASH_TEXT]; /* of the file */
  char message[ASK_STORE_MESSAGE];
};

static bool fail(struct work *work, const char *code, const char *hint, const char *message) {
  ask_problem_add(work->problems, ASK_ERROR, code, ASK_NOWHERE, NULL, hint, "%s", message);
  return false;
}

static bool fail_status(struct work *work, enum ask_store_status status, const char *hint) {
  const char *code = ask_store_status_text(status);
  return fail(work, code, hint, *work->message ? work->message : code);
}

/* ---- the copy of the file, and whether it is whole --------------------------------------------------------------- */

static bool copy_bytes(struct work *work, int from, int to, int64_t total) {
  enum { ROOM = 256 * 1024 };
  char *room = ask_alloc(work->arena, ROOM);
  struct ask_hash hash;
  int64_t done = 0;
  ask_hash_start(&hash);
  for (ssize_t got; (got = read(from, room, ROOM)) != 0;) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    ask_hash_add(&hash, room, (size_t)got);
    for (ssize_t at = 0, put; at < got; at += put) {
      put = write(to, room + at, (size_t)(got - at));
      if (put < 0 && errno == EINTR) put = 0;
      if (put < 0) return false;
    }
    done += got;
    if (work->restore->progress) work->restore->progress(work->restore->context, done, total);
  }
  ask_hash_end(&hash, work->digest);
  return true;
}

static bool copy_file(struct work *work, const char *name) {
  const char *path = work->restore->file;
  struct stat status;
  struct ask_place place = {.file = path};
  int from = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (from < 0 || fstat(from, &status) != 0 || !S_ISREG(status.st_mode)) {
    const char *why = from < 0 ? strerror(errno) : "it is not a regular file";
    ask_problem_add(work->problems, ASK_ERROR, "cannot-read", place, NULL, "name the file that askonce backup wrote",
                    "cannot be read: %s", why);
    if (from >= 0) close(from);
    return false;
  }
  int to = open(name, O_WRONLY | O_CLOEXEC);
  bool good = to >= 0 && copy_bytes(work, from, to, (int64_t)status.st_size);
  if (!good)
    ask_problem_add(work->problems, ASK_ERROR, errno == ENOSPC || errno == EDQUOT ? "full" : "cannot-copy", place, NULL,
                    NULL, "cannot be copied to %s: %s", name, strerror(errno));
  if (to >= 0) close(to);
  close(from);
  return good;
}

/* A live store has rows in its log that a copy of the file alone would leave behind. */
static bool is_backup(struct work *work) {
  struct stat status;
  const char *path = work->restore->file, *log = ask_printf(work->arena, "%s-wal", path);
  if (stat(log, &status) != 0 || status.st_size == 0) return true;
  ask_problem_add(work->problems, ASK_ERROR, "store-in-use", (struct ask_place){.file = path}, NULL,
                  "make a backup of it with askonce backup, and restore that",
                  "is a store with a log beside it, not a backup");
  return false;
}

/* The copy as a store, brought up to this version if it is older. What is said of it is said of the file. */
static struct ask_store *open_copy(struct work *work, const char *name) {
  struct ask_problems problems = {.arena = work->arena};
  const char *url = ask_printf(work->arena, "sqlite:%s", name);
  struct ask_store *store = ask_store_open(url, &(struct ask_store_options){.create = false}, &problems);
  if (!store && problems.count && strcmp(problems.list[0].code, "older-store") == 0) {
    problems.count = 0;
    store = ask_store_open(url, &(struct ask_store_options){.create = true}, &problems);
  }
  if (store) return store;
  const char *code = problems.count ? problems.list[0].code : "not-a-store";
  bool newer = strcmp(code, "newer-store") == 0;
  ask_problem_add(work->problems, ASK_ERROR, code, (struct ask_place){.file = work->restore->file}, NULL,
                  newer ? "use that version of askonce" : "name the file that askonce backup wrote",
                  newer ? "was made by a newer askonce" : "is not a backup of a store");
  return NULL;
}

static bool is_whole(struct work *work, ask_store_session *session) {
  size_t before = work->problems->errors;
  enum ask_store_status status = ask_store_check(session, NULL, NULL, work->problems);
  if (status != ASK_STORE_OK) {
    snprintf(work->message, sizeof work->message, "%s", ask_store_message(session));
    return fail_status(work, status, NULL);
  }
  if (work->problems->errors == before) return true;
  ask_problem_add(work->problems, ASK_ERROR, "damaged", (struct ask_place){.file = work->restore->file}, NULL,
                  "take another backup; nothing was restored", "this backup is damaged");
  return false;
}

/* ---- into a file ------------------------------------------------------------------------------------------------- */

static bool has_rows(const struct ask_store_counts *counts) {
  return counts->partners || counts->keys || counts->assessments || counts->revisions || counts->idempotency_keys ||
         counts->documents;
}

/* Whether a store that is there may go out of the way. */
static bool may_replace(struct work *work, const char *path) {
  struct ask_problems problems = {.arena = work->arena};
  struct ask_store_counts counts = {0};
  if (!ask_is_there(path) || work->restore->force) return true;
  struct ask_store *store = ask_store_open(path, &(struct ask_store_options){.create = false}, &problems);
  bool known = false;
  if (store) {
    ask_store_session *session = ask_store_session_open(store);
    known = ask_store_count(session, &counts) == ASK_STORE_OK;
    ask_store_session_close(session);
    ask_store_close(store);
  }
  if (known && !has_rows(&counts)) return true;
  ask_problem_add(work->problems, ASK_ERROR, "store-there", (struct ask_place){.file = path}, NULL,
                  "--force puts the backup in its place and keeps what is there under another name",
                  known ? "there is a store with %lld assessments and %lld documents"
                        : "there is something that cannot be opened",
                  (long long)counts.assessments, (long long)counts.documents);
  return false;
}

/* askonce.db.replaced-2026-11-23T09-42-10, or with a number if that is taken. */
static const char *dated_name(struct work *work, const char *path) {
  char moment[ASK_MOMENT_TEXT];
  ask_moment_text(ask_now(), moment);
  moment[19] = '\0';
  for (char *at = moment; *at; at++)
    if (*at == ':') *at = '-';
  const char *name = ask_printf(work->arena, "%s.replaced-%s", path, moment);
  for (int i = 2; ask_is_there(name); i++) name = ask_printf(work->arena, "%s.replaced-%s-%d", path, moment, i);
  return name;
}

static bool prepare(struct work *work, const char *name) {
  if (!copy_file(work, name)) return false;
  struct ask_store *store = open_copy(work, name);
  if (!store) return false;
  ask_store_session *session = ask_store_session_open(store);
  bool good = is_whole(work, session);
  if (good) {
    enum ask_store_status status = ask_store_count(session, &work->ret->counts);
    snprintf(work->message, sizeof work->message, "%s", ask_store_message(session));
    good = status == ASK_STORE_OK || fail_status(work, status, NULL);
  }
  ask_store_session_close(session);
  ask_store_close(store);
  return good;
}

static bool into_file(struct work *work, const char *path) {
  struct ask_part part;
  if (!may_replace(work, path)) return false;
  enum ask_store_status status = ask_part_begin(&part, ask_printf(work->arena, "%s.restored", path), work->message);
  if (status != ASK_STORE_OK) return fail_status(work, status, "check the folder and who may write to it");
  bool good = prepare(work, part.name);
  if (good) {
    const char *kept = dated_name(work, path);
    bool replaces = ask_is_there(path);
    status = ask_copy_into_place(part.name, path, kept, work->message);
    if (status == ASK_STORE_OK && replaces) work->ret->kept = kept;
    if (status != ASK_STORE_OK) good = fail_status(work, status, "nothing was replaced");
  }
  ask_part_abandon(&part); /* when it was put in place, nothing is under that name */
  return good;
}

/* ---- into PostgreSQL --------------------------------------------------------------------------------------------- */

static bool copy_rows(struct work *work, ask_store_session *from, ask_store_session *to) {
  struct ask_store_counts counts;
  struct ask_copy_outcome outcome;
  const char *name = ask_printf(work->arena, "restore:%s", work->digest), *noted = "";
  enum ask_store_status status = ask_store_count(to, &counts);
  if (status == ASK_STORE_OK) status = ask_store_import_cursor(to, name, work->arena, &noted);
  if (status != ASK_STORE_OK) {
    snprintf(work->message, sizeof work->message, "%s", ask_store_message(to));
    return fail_status(work, status, NULL);
  }
  if (has_rows(&counts) && !*noted)
    return fail(work, "store-there",
                "nothing is written over in PostgreSQL: make an empty database and name that with --store",
                "there is a store with rows in this database");
  struct ask_copy_source source = ask_copy_source_of(from);
  status = ask_copy_rows(&source, to, name, work->restore->progress, work->restore->context, &outcome, work->message);
  if (status != ASK_STORE_OK)
    return fail_status(work, status,
                       status == ASK_STORE_CONFLICT ? "the rows in this database are others than the backup's"
                                                    : "give the same command again: it goes on from there");
  work->ret->counts = outcome.to;
  work->ret->taken_up = outcome.taken_up;
  if (ask_counts_equal(&outcome.from, &outcome.to)) return true;
  return fail(work, "other-rows", "was a server started on it meanwhile? stop it, and look with askonce store check",
              "every row of the backup is in the database, but other rows are there too");
}

static bool into_database(struct work *work) {
  struct ask_part part;
  enum ask_store_status status =
      ask_part_begin(&part, ask_path_join(work->arena, work->restore->folder->path, "restoring.db"), work->message);
  if (status != ASK_STORE_OK) return fail_status(work, status, "check the data folder and who may write to it");
  bool good = prepare(work, part.name);
  struct ask_store *from = good ? open_copy(work, part.name) : NULL;
  struct ask_store *to =
      from ? ask_store_open(work->restore->store, &(struct ask_store_options){.create = true}, work->problems) : NULL;
  good = to != NULL;
  if (good) {
    ask_store_session *reading = ask_store_session_open(from), *writing = ask_store_session_open(to);
    good = copy_rows(work, reading, writing);
    ask_store_session_close(writing);
    ask_store_session_close(reading);
  }
  ask_store_close(to);
  ask_store_close(from);
  ask_part_abandon(&part);
  return good;
}

bool ask_restore(struct ask_arena *arena, const struct ask_restore *restore, struct ask_restored *ret,
                 struct ask_problems *problems) {
  struct work work = {.restore = restore, .arena = arena, .problems = problems, .ret = ret};
  const char *store = restore->store;
  bool database = strncmp(store, "postgres", 8) == 0 && strstr(store, "://");
  const char *path = strncmp(store, "sqlite:", 7) == 0 ? store + 7 : store;
  *ret = (struct ask_restored){0};
  if (!is_backup(&work)) return false;
  /* Another SQLite file than the data folder's own is no concern of the server there; whoever has it open is
   * noticed. */
  if (!database && strcmp(path, restore->folder->database) != 0) return into_file(&work, path);
  if (!ask_data_folder_make(restore->folder, problems)) return false;
  int lock = ask_data_lock(restore->folder, problems);
  if (lock < 0) return false;
  bool good = database ? into_database(&work) : into_file(&work, path);
  ask_data_lock_release(lock);
  return good;
}
