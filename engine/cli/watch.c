/* Waiting until files change. Folders are watched, not files: an editor may write beside a file and rename. */
#include "cli/watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/screen.h"

enum { REST = 150 /* milliseconds without a change */, LONGEST = 2000, MOST_FOLDERS = 4096, DEEPEST = 8 };
enum { EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE };

struct folder {
  int number; /* inotify's */
  char *path;
  char *only; /* the one file in it that is watched; NULL: all */
};

struct ask_watch {
  int fd;
  struct folder *folders;
  size_t count, capacity;
};

static volatile sig_atomic_t ended;
static void end(int number) {
  (void)number;
  ended = 1;
}

struct ask_watch *ask_watch_new(void) {
  struct ask_watch *watch = calloc(1, sizeof *watch);
  if (!watch) abort();
  watch->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (watch->fd < 0) {
    ask_usage_error("files cannot be watched: %s", strerror(errno));
    free(watch);
    return NULL;
  }
  struct sigaction action = {.sa_handler = end}; /* no SA_RESTART: poll is to come back */
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  return watch;
}

struct ask_watch *ask_watch_free(struct ask_watch *watch) {
  if (watch) {
    for (size_t i = 0; i < watch->count; i++) {
      free(watch->folders[i].path);
      free(watch->folders[i].only);
    }
    free(watch->folders);
    close(watch->fd);
    free(watch);
  }
  return NULL;
}

size_t ask_watch_count(const struct ask_watch *watch) { return watch->count; }

static char *copied(const char *text) {
  char *copy = strdup(text);
  if (!copy) abort();
  return copy;
}

/* One folder. only: the file in it that matters, NULL: all. */
static bool add_folder(struct ask_watch *watch, const char *path, const char *only) {
  for (size_t i = 0; i < watch->count; i++) {
    struct folder *known = &watch->folders[i];
    if (strcmp(known->path, path) != 0) continue;
    if (known->only && (!only || strcmp(known->only, only) != 0)) { /* now all of it matters */
      free(known->only);
      known->only = NULL;
    }
    return true;
  }
  if (watch->count >= MOST_FOLDERS) {
    ask_usage_error("more than %d folders to watch", MOST_FOLDERS);
    return false;
  }
  int number = inotify_add_watch(watch->fd, path, EVENTS);
  if (number < 0) {
    ask_usage_error("%s cannot be watched: %s", path, strerror(errno));
    return false;
  }
  if (watch->count == watch->capacity) {
    watch->capacity = watch->capacity ? watch->capacity * 2 : 64;
    watch->folders = realloc(watch->folders, watch->capacity * sizeof *watch->folders);
    if (!watch->folders) abort();
  }
  watch->folders[watch->count++] = (struct folder){number, copied(path), only ? copied(only) : NULL};
  return true;
}

static bool is_folder(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool add_tree(struct ask_watch *watch, const char *path, int depth) {
  if (!add_folder(watch, path, NULL)) return false;
  DIR *folder = depth < DEEPEST ? opendir(path) : NULL;
  bool good = true;
  for (struct dirent *entry; folder && good && (entry = readdir(folder));) {
    char below[4096];
    if (entry->d_name[0] == '.' || snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int)sizeof below)
      continue;
    if (is_folder(below)) good = add_tree(watch, below, depth + 1);
  }
  if (folder) closedir(folder);
  return good;
}

bool ask_watch_add(struct ask_watch *watch, const char *path) {
  if (is_folder(path)) return add_tree(watch, path, 0);
  const char *slash = strrchr(path, '/');
  char folder[4096];
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
  return add_folder(watch, *folder ? folder : "/", slash ? slash + 1 : path);
}

/* ---- waiting ------------------------------------------------------------------------------------------------------- */

struct changes {
  struct ask_arena *arena;
  const char **list;
  size_t count, capacity;
};

static bool is_source(const char *name) {
  static const char *const endings[] = {".lua", ".yaml", ".yml", ".json"};
  size_t length = strlen(name);
  if (name[0] == '.') return false; /* what editors keep for themselves */
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    size_t ending = strlen(endings[i]);
    if (length > ending && strcmp(name + length - ending, endings[i]) == 0) return true;
  }
  return false;
}

static void note(struct ask_watch *watch, const struct inotify_event *event, struct changes *changes) {
  const struct folder *folder = NULL;
  for (size_t i = 0; i < watch->count && !folder; i++)
    if (watch->folders[i].number == event->wd) folder = &watch->folders[i];
  if (!folder || !event->len || (folder->only && strcmp(folder->only, event->name) != 0)) return;
  const char *path = ask_printf(changes->arena, "%s/%s", folder->path, event->name);
  bool new_folder = (event->mask & IN_ISDIR) && (event->mask & (IN_CREATE | IN_MOVED_TO));
  if (new_folder && event->name[0] != '.') add_tree(watch, path, 0);
  if (!(event->mask & IN_ISDIR) && !is_source(event->name)) return;
  if ((event->mask & IN_CREATE) && !(event->mask & IN_ISDIR)) return; /* it is told again when it was written */
  for (size_t i = 0; i < changes->count; i++)
    if (strcmp(changes->list[i], path) == 0) return;
  *(const char **)ask_push(changes->arena, &changes->list, &changes->count, &changes->capacity, sizeof *changes->list) =
      path;
}

static void read_events(struct ask_watch *watch, struct changes *changes) {
  _Alignas(struct inotify_event) char bytes[16384];
  for (ssize_t length; (length = read(watch->fd, bytes, sizeof bytes)) > 0;)
    for (char *at = bytes; at < bytes + length;) {
      const struct inotify_event *event = (const struct inotify_event *)at;
      note(watch, event, changes);
      at += sizeof *event + event->len;
    }
}

bool ask_watch_wait(struct ask_watch *watch, struct ask_arena *arena, const char *const **ret, size_t *ret_count) {
  struct changes changes = {.arena = arena};
  struct pollfd wait = {.fd = watch->fd, .events = POLLIN};
  for (int waited = 0; !ended;) {
    int ready = poll(&wait, 1, changes.count ? REST : -1);
    if (ready < 0 && errno != EINTR) break;
    if (ready == 0 || waited >= LONGEST) { /* they rest, or never do */
      *ret = changes.list;
      *ret_count = changes.count;
      return true;
    }
    if (ready > 0) read_events(watch, &changes);
    if (changes.count) waited += REST;
  }
  return false;
}
