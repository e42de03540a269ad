/* Reading files whole, within a limit, and replacing files. */
#define _GNU_SOURCE 1 /* asprintf */
#include "service/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ask_place whole_file(const char *path) { return (struct ask_place){.file = path}; }

static void cannot_read(struct ask_problems *problems, const char *path, int error) {
  const char *hint = error == ENOENT   ? "check the path; it is looked up from the folder you are in"
                     : error == EACCES ? "you may not read it: ask its owner, or check its permissions"
                                       : NULL;
  ask_problem_add(problems, ASK_ERROR, "cannot-read", whole_file(path), NULL, hint, "cannot be read: %s",
                  strerror(error));
}

const char *ask_input_name(const char *path) { return strcmp(path, "-") == 0 ? "<stdin>" : path; }

/* Reads to the end or one byte past the limit. */
static struct ask_bytes read_all(struct ask_arena *arena, int fd, const char *name, size_t limit,
                                 struct ask_problems *problems) {
  size_t capacity = 64 * 1024, length = 0;
  char *bytes = malloc(capacity + 1);
  if (!bytes) abort();
  for (;;) {
    if (length == capacity) {
      capacity *= 2;
      char *larger = realloc(bytes, capacity + 1);
      if (!larger) abort();
      bytes = larger;
    }
    ssize_t got = read(fd, bytes + length, capacity - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      cannot_read(problems, name, errno);
      free(bytes);
      return (struct ask_bytes){0};
    }
    if (got == 0) break;
    length += (size_t)got;
    if (length > limit) {
      ask_problem_add(problems, ASK_ERROR, "too-long", whole_file(name), NULL,
                      "check that this is the right file; many households go one a line through assess --bulk",
                      "is longer than the %zu bytes that are accepted", limit);
      free(bytes);
      return (struct ask_bytes){0};
    }
  }
  struct ask_bytes all = {ask_strndup(arena, bytes, length), length};
  free(bytes);
  return all;
}

static struct ask_bytes open_and_read(struct ask_arena *arena, const char *path, size_t limit, bool regular_only,
                                      struct ask_problems *problems) {
  struct ask_bytes none = {0};
  /* O_NONBLOCK: opening a pipe nobody writes to must not hang; regular files do not mind. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | (regular_only ? O_NONBLOCK : 0));
  if (fd < 0) {
    cannot_read(problems, path, errno);
    return none;
  }
  struct stat status;
  struct ask_bytes all = none;
  if (fstat(fd, &status) != 0)
    cannot_read(problems, path, errno);
  else if (S_ISDIR(status.st_mode))
    ask_problem_add(problems, ASK_ERROR, "not-a-file", whole_file(path), NULL, "name a file in it", "is a folder");
  else if (regular_only && !S_ISREG(status.st_mode))
    ask_problem_add(problems, ASK_ERROR, "not-a-file", whole_file(path), NULL, "put a plain file there",
                    "is not a regular file");
  else
    all = read_all(arena, fd, path, limit, problems);
  close(fd);
  return all;
}

struct ask_bytes ask_file_read(struct ask_arena *arena, const char *path, size_t limit, struct ask_problems *problems) {
  return open_and_read(arena, path, limit, true, problems);
}

struct ask_bytes ask_input_read(struct ask_arena *arena, const char *path, size_t limit,
                                struct ask_problems *problems) {
  if (strcmp(path, "-") == 0) return read_all(arena, STDIN_FILENO, ask_input_name(path), limit, problems);
  return open_and_read(arena, path, limit, false, problems);
}

bool ask_is_file(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool ask_is_there(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0;
}

bool ask_is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

char *ask_path_join(struct ask_arena *arena, const char *folder, const char *name) {
  size_t length = strlen(folder);
  while (length > 1 && folder[length - 1] == '/') length--;
  if (length == 1 && folder[0] == '.') return ask_strdup(arena, name);
  return ask_printf(arena, "%.*s%s%s", (int)length, folder, folder[length - 1] == '/' ? "" : "/", name);
}

const char *ask_path_shown(struct ask_arena *arena, const char *path) {
  char *here = getcwd(NULL, 0);
  const char *shown = path;
  if (here) {
    size_t length = strlen(here);
    if (length > 1 && strncmp(path, here, length) == 0 && path[length] == '/' && path[length + 1])
      shown = ask_strdup(arena, path + length + 1);
    free(here);
  }
  return shown;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool has_suffix(const char *name, const char *suffix) {
  size_t length = strlen(name), tail = strlen(suffix);
  return length > tail && strcmp(name + length - tail, suffix) == 0;
}

const char **ask_folder_list(struct ask_arena *arena, const char *folder, const char *suffix, size_t *ret_count,
                             struct ask_problems *problems) {
  DIR *directory = opendir(folder);
  if (!directory) {
    cannot_read(problems, folder, errno);
    return NULL;
  }
  const char **names = ask_alloc(arena, sizeof *names);
  size_t count = 0, capacity = 0;
  struct dirent *entry;
  while ((entry = readdir(directory)) && count < ASK_FOLDER_LIMIT) {
    if (entry->d_name[0] == '.' || (suffix && !has_suffix(entry->d_name, suffix))) continue;
    const char **room = ask_push(arena, &names, &count, &capacity, sizeof *names);
    *room = ask_strdup(arena, entry->d_name);
  }
  closedir(directory);
  if (count == ASK_FOLDER_LIMIT) {
    ask_problem_add(problems, ASK_ERROR, "too-many", whole_file(folder), NULL, "check that this is the right folder",
                    "holds %d files or more", ASK_FOLDER_LIMIT);
    return NULL;
  }
  qsort(names, count, sizeof *names, by_bytes);
  *ret_count = count;
  return names;
}

static bool write_all(int fd, const char *bytes, size_t length) {
  while (length) {
    ssize_t put = write(fd, bytes, length);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes += put;
    length -= (size_t)put;
  }
  return true;
}

bool ask_file_replace(const char *path, const char *bytes, size_t length) {
  char *beside = NULL;
  if (asprintf(&beside, "%s.new", path) < 0) abort();
  int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool good = fd >= 0 && write_all(fd, bytes, length) && fdatasync(fd) == 0;
  int error = errno;
  if (fd >= 0 && close(fd) != 0 && good) {
    good = false;
    error = errno;
  }
  if (good && rename(beside, path) != 0) {
    good = false;
    error = errno;
  }
  if (!good && fd >= 0) unlink(beside);
  free(beside);
  errno = error;
  return good;
}
