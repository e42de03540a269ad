/* A disk that fails on demand: a library for LD_PRELOAD that stands before the calls of the C library by which a program
 * writes. Not for reading, which goes on, and not for memory-mapped files.
 *
 *   LD_PRELOAD        this library (libfault_disk.so; built by tests/CMakeLists.txt)
 *   ASK_FAULT_PREFIX  files whose path begins with this fail; nothing does while it is unset
 *   ASK_FAULT_FILE    the control file, outside of PREFIX; looked at again at each call. Absent or empty: all is well.
 *                     Otherwise one line: ERROR [CALLS [PASS]]
 *                       ERROR  ENOSPC, EDQUOT or EIO
 *                       CALLS  write (and what lengthens a file), sync, all (the default)
 *                       PASS   so many of these calls pass before they fail (0), counted anew when the line changes
 * With AddressSanitizer add verify_asan_link_order=0 to ASAN_OPTIONS.
 *
 * A write that fails writes nothing, a sync that fails syncs nothing. The environment is read at each call, so that a test may
 * set it for itself. What the C library writes by itself (stdio) does not pass here. To change the control file under a running program, write another and rename it over. */
#define _GNU_SOURCE /* RTLD_NEXT, off64_t */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { WRITE = 1, SYNC = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char last_line[64]; /* under the lock */
static long passed;        /* calls since the line changed */

static bool is_meant(int file) {
  const char *prefix = getenv("ASK_FAULT_PREFIX");
  if (!prefix || !*prefix) return false;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  return strncmp(path, prefix, strlen(prefix)) == 0;
}

/* The control file's line, "" if there is none. */
static void read_line(char *line, size_t size) {
  const char *name = getenv("ASK_FAULT_FILE");
  line[0] = '\0';
  int control = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
  if (control < 0) return;
  ssize_t length = read(control, line, size - 1);
  close(control);
  line[length > 0 ? length : 0] = '\0';
  line[strcspn(line, "\n")] = '\0';
}

/* The error with which this call is to fail; 0: it is not. */
static int fault_of(int file, enum call call) {
  int before = errno, error = 0;
  char line[sizeof last_line], name[16] = "", calls[16] = "all";
  long pass = 0;
  if (is_meant(file)) {
    read_line(line, sizeof line);
    pthread_mutex_lock(&lock);
    if (strcmp(line, last_line) != 0) {
      memcpy(last_line, line, sizeof last_line);
      passed = 0;
    }
    if (sscanf(line, "%15s %15s %ld", name, calls, &pass) >= 1 &&
        (strcmp(calls, "all") == 0 || strcmp(calls, call == WRITE ? "write" : "sync") == 0) && passed++ >= pass)
      error = strcmp(name, "ENOSPC") == 0 ? ENOSPC : strcmp(name, "EDQUOT") == 0 ? EDQUOT : EIO;
    pthread_mutex_unlock(&lock);
  }
  errno = before;
  return error;
}

#define STANDS_BEFORE(result, name, parameters, arguments, call)              \
  result name parameters;                                                     \
  result name parameters {                                                    \
    int fault = fault_of(file, call);                                         \
    if (fault) {                                                              \
      errno = fault;                                                          \
      return -1;                                                              \
    }                                                                         \
    result(*next) parameters = (result(*) parameters)dlsym(RTLD_NEXT, #name); \
    return next arguments;                                                    \
  }

STANDS_BEFORE(ssize_t, write, (int file, const void *bytes, size_t length), (file, bytes, length), WRITE)
STANDS_BEFORE(ssize_t, pwrite, (int file, const void *bytes, size_t length, off_t at), (file, bytes, length, at), WRITE)
STANDS_BEFORE(ssize_t, pwrite64, (int file, const void *bytes, size_t length, off64_t at), (file, bytes, length, at),
              WRITE)
STANDS_BEFORE(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), WRITE)
STANDS_BEFORE(ssize_t, pwritev, (int file, const struct iovec *parts, int count, off_t at), (file, parts, count, at),
              WRITE)
STANDS_BEFORE(int, ftruncate, (int file, off_t length), (file, length), WRITE)
STANDS_BEFORE(int, ftruncate64, (int file, off64_t length), (file, length), WRITE)
STANDS_BEFORE(int, fallocate, (int file, int mode, off_t at, off_t length), (file, mode, at, length), WRITE)
STANDS_BEFORE(int, fsync, (int file), (file), SYNC)
STANDS_BEFORE(int, fdatasync, (int file), (file), SYNC)

/* Gives the error as its result. */
int posix_fallocate(int file, off_t at, off_t length);
int posix_fallocate(int file, off_t at, off_t length) {
  int fault = fault_of(file, WRITE);
  if (fault) return fault;
  int (*next)(int, off_t, off_t) = (int (*)(int, off_t, off_t))dlsym(RTLD_NEXT, "posix_fallocate");
  return next(file, at, length);
}
