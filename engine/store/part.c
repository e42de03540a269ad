/* A file that appears under its name only when it is whole. */
#define _GNU_SOURCE 1 /* renameat2, asprintf */
#include "store/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum ask_store_status failed(int error, const char *doing, const char *path, char *message) {
  snprintf(message, ASK_STORE_MESSAGE, "%s cannot be %s: %s", path, doing, strerror(error));
  return error == ENOSPC || error == EDQUOT ? ASK_STORE_FULL : error == EEXIST ? ASK_STORE_CONFLICT : ASK_STORE_AWAY;
}

static void take_away(const char *name) {
  static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
    char *path = NULL;
    if (asprintf(&path, "%s%s", name, beside[i]) < 0) abort();
    unlink(path);
    free(path);
  }
}

static void forget(struct ask_part *part) {
  free(part->path);
  free(part->name);
  *part = (struct ask_part){0};
}

enum ask_store_status ask_part_begin(struct ask_part *part, const char *path, char message[ASK_STORE_MESSAGE]) {
  struct stat status;
  if (lstat(path, &status) == 0) {
    snprintf(message, ASK_STORE_MESSAGE, "%s is there already, and nothing is written over it", path);
    return ASK_STORE_CONFLICT;
  }
  *part = (struct ask_part){.path = strdup(path)};
  if (!part->path || asprintf(&part->name, "%s.part", path) < 0) abort();
  take_away(part->name);
  int file = open(part->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 || fstat(file, &status) != 0) {
    enum ask_store_status bad = failed(errno, "made", part->name, message);
    if (file >= 0) close(file);
    forget(part);
    return bad;
  }
  part->device = (uint64_t)status.st_dev;
  part->inode = (uint64_t)status.st_ino;
  close(file);
  return ASK_STORE_OK;
}

static bool is_ours(const struct ask_part *part, const char *path) {
  struct stat status;
  return lstat(path, &status) == 0 && (uint64_t)status.st_dev == part->device && (uint64_t)status.st_ino == part->inode;
}

static bool sync_path(const char *path, int flags) {
  int file = open(path, flags | O_CLOEXEC);
  bool good = file >= 0 && fsync(file) == 0;
  int error = errno;
  if (file >= 0) close(file);
  errno = error;
  return good;
}

static bool sync_folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  char *folder = slash == path ? strdup("/") : slash ? strndup(path, (size_t)(slash - path)) : strdup(".");
  if (!folder) abort();
  bool good = sync_path(folder, O_RDONLY | O_DIRECTORY);
  free(folder);
  return good;
}

/* Never over a file that is there; some network file systems cannot promise that, and are asked just before. */
static bool put_in_place(const struct ask_part *part) {
  struct stat status;
  if (renameat2(AT_FDCWD, part->name, AT_FDCWD, part->path, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) return false;
  if (lstat(part->path, &status) == 0) {
    errno = EEXIST;
    return false;
  }
  return rename(part->name, part->path) == 0;
}

static enum ask_store_status finish(struct ask_part *part, char *message) {
  if (!is_ours(part, part->name)) {
    snprintf(message, ASK_STORE_MESSAGE, "another run writes %s too, or took it away; give one of them another name",
             part->name);
    return ASK_STORE_CONFLICT;
  }
  if (!sync_path(part->name, O_RDWR)) return failed(errno, "synced", part->name, message);
  if (!put_in_place(part)) return failed(errno, "renamed into place", part->name, message);
  if (!is_ours(part, part->path)) {
    /* what took our name in that moment is not whole */
    unlink(part->path);
    snprintf(message, ASK_STORE_MESSAGE, "another run writes %s too; give one of them another name", part->name);
    return ASK_STORE_CONFLICT;
  }
  if (!sync_folder_of(part->path)) return failed(errno, "synced in its folder", part->path, message);
  return ASK_STORE_OK;
}

enum ask_store_status ask_part_finish(struct ask_part *part, char message[ASK_STORE_MESSAGE]) {
  enum ask_store_status status = finish(part, message);
  if (status == ASK_STORE_OK)
    forget(part);
  else
    ask_part_abandon(part);
  return status;
}

void ask_part_abandon(struct ask_part *part) {
  if (part->name && is_ours(part, part->name)) take_away(part->name);
  forget(part);
}
