/* The data folder and its lock: flock(2), which the kernel gives back however the process ends. */
#include "service/data_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "service/file.h"
#include "service/keys.h"

static bool fail(struct ask_problems *problems, const char *path, const char *hint, const char *what) {
  ask_problem_add(problems, ASK_ERROR, "data-folder", (struct ask_place){.file = path}, NULL, hint, "%s", what);
  return false;
}

struct ask_data_folder ask_data_folder_of(struct ask_arena *arena, const char *path) {
  return (struct ask_data_folder){
      .path = ask_strdup(arena, path),
      .database = ask_path_join(arena, path, "askonce.db"),
      .lock = ask_path_join(arena, path, "lock"),
      .socket = ask_path_join(arena, path, "control.sock"),
      .rules = ask_path_join(arena, path, "rules"),
      .secret = ask_path_join(arena, path, "token.key"),
  };
}

bool ask_data_folder_make(const struct ask_data_folder *folder, struct ask_problems *problems) {
  struct stat status;
  char *path = strdup(folder->path);
  if (!path) abort();
  for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
    *at = '\0';
    if (mkdir(path, 0700) != 0 && errno != EEXIST) break; /* what is wrong is said below */
    *at = '/';
  }
  free(path);
  if (mkdir(folder->path, 0700) != 0 && errno != EEXIST)
    return fail(problems, folder->path, "--data names the server's data folder; choose one that you may write to",
                ask_printf(problems->arena, "cannot be made: %s", strerror(errno)));
  if (stat(folder->path, &status) != 0 || !S_ISDIR(status.st_mode))
    return fail(problems, folder->path, "--data takes a folder", "is not a folder");
  if (access(folder->path, R_OK | W_OK | X_OK) != 0)
    return fail(problems, folder->path, "run as its owner, or name another one with --data",
                ask_printf(problems->arena, "cannot be used: %s", strerror(errno)));
  if (status.st_mode & 077)
    ask_problem_add(problems, ASK_WARNING, "open-folder", (struct ask_place){.file = folder->path}, NULL,
                    "chmod 700 keeps it to the server's user", "other users can get into the data folder");
  return true;
}

bool ask_data_secret(const struct ask_data_folder *folder, unsigned char ret[32], struct ask_problems *problems) {
  enum { LENGTH = 32 };
  int file = open(folder->secret, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) {
    ask_random(ret, LENGTH);
    if (!ask_file_replace(folder->secret, (const char *)ret, LENGTH))
      return fail(problems, folder->secret, NULL,
                  ask_printf(problems->arena, "the secret of tokens cannot be written: %s", strerror(errno)));
    return true;
  }
  ssize_t length = file < 0 ? -1 : read(file, ret, LENGTH);
  int error = errno;
  if (file >= 0) close(file);
  if (length == LENGTH) return true;
  return fail(problems, folder->secret, "remove it: a new one is made, and tokens that were given before end",
              length < 0 ? ask_printf(problems->arena, "cannot be read: %s", strerror(error))
                         : "does not hold the 32 bytes of a secret");
}

/* ---- the lock ------------------------------------------------------------------------------------------------------- */

static struct ask_running_server read_holder(int lock) {
  struct ask_running_server holder = {0};
  char text[64];
  ssize_t length = pread(lock, text, sizeof text - 1, 0);
  text[length > 0 ? length : 0] = '\0';
  if (sscanf(text, "%18ld %9d", &holder.process, &holder.port) < 1) return (struct ask_running_server){0};
  return holder;
}

static void write_holder(int lock, int port) {
  char text[64];
  int length = snprintf(text, sizeof text, "%ld %d\n", (long)getpid(), port);
  /* Only a help for people: the lock itself is what counts. */
  bool written = ftruncate(lock, 0) == 0 && pwrite(lock, text, (size_t)length, 0) == length;
  if (!written && ftruncate(lock, 0) != 0) return;
}

int ask_data_lock(const struct ask_data_folder *folder, struct ask_problems *problems) {
  int lock = open(folder->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) {
    fail(problems, folder->lock, NULL, ask_printf(problems->arena, "cannot be opened: %s", strerror(errno)));
    return -1;
  }
  /* ask_data_is_served of another process may hold it for a moment. */
  int taken = flock(lock, LOCK_EX | LOCK_NB);
  for (int again = 0; taken != 0 && errno == EWOULDBLOCK && again < 5; again++) {
    const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
    nanosleep(&moment, NULL);
    taken = flock(lock, LOCK_EX | LOCK_NB);
  }
  if (taken == 0) {
    write_holder(lock, 0);
    return lock;
  }
  if (errno != EWOULDBLOCK) {
    fail(problems, folder->lock, "the data folder has to be on a file system with locks",
         ask_printf(problems->arena, "cannot be locked: %s", strerror(errno)));
  } else {
    struct ask_running_server holder = read_holder(lock);
    const char *who = holder.process ? ask_printf(problems->arena, " (process %ld", holder.process) : "";
    if (holder.process && holder.port) who = ask_printf(problems->arena, "%s, port %d", who, holder.port);
    fail(problems, folder->path,
         holder.process
             ? ask_printf(problems->arena, "stop it with `kill %ld`, or use another data folder", holder.process)
             : "stop it, or use another data folder",
         ask_printf(problems->arena, "a server is already running on this data folder%s%s", who, *who ? ")" : ""));
  }
  close(lock);
  return -1;
}

void ask_data_lock_set_port(int lock, int port) { write_holder(lock, port); }

void ask_data_lock_release(int lock) {
  if (lock < 0) return;
  /* The file stays: to remove it would let two servers lock two files of one name. */
  (void)!ftruncate(lock, 0);
  close(lock);
}

bool ask_data_is_served(const struct ask_data_folder *folder, struct ask_running_server *ret) {
  int lock = open(folder->lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (lock < 0) return false;
  bool served = flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (served && ret) *ret = read_holder(lock);
  close(lock);
  return served;
}
