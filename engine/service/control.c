/* The control socket: a thread that listens, and the client's side. Everything is bounded: one caller at a time, a short
 * line, a few seconds. */
#define _GNU_SOURCE 1 /* accept4 */
#include "service/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
  LINE_LIMIT = 64,
  REPORT_LIMIT = 1024 * 1024,
  LINE_MILLISECONDS = 2000,
  REPLY_MILLISECONDS = 5000,
  RELOAD_MILLISECONDS = 120 * 1000, /* what a client waits for: the golden cases of a large pack take their time */
};

struct ask_control {
  int folder; /* the data folder, opened */
  char *name; /* of the socket in it */
  int listening;
  int stop; /* eventfd: becomes readable when the thread has to end */
  pthread_t thread;
  ask_control_reload *reload;
  void *context;
};

static bool fail(struct ask_problems *problems, const char *path, const char *hint, const char *what, int error) {
  ask_problem_add(problems, ASK_ERROR, "control-socket", (struct ask_place){.file = path}, NULL, hint, "%s%s%s", what,
                  error ? ": " : "", error ? strerror(error) : "");
  return false;
}

static int64_t monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until `events` may happen on fd, until the deadline or until `stop` (-1: none). */
static bool wait_for(int fd, short events, int64_t deadline, int stop) {
  for (;;) {
    int64_t left = deadline - monotonic();
    struct pollfd polled[2] = {{.fd = fd, .events = events}, {.fd = stop, .events = POLLIN}};
    if (left <= 0) return false;
    int ready = poll(polled, 2, (int)left);
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && polled[0].revents && !polled[1].revents;
  }
}

/* Within the data folder. */
static const char *socket_name(const struct ask_data_folder *folder) {
  const char *slash = strrchr(folder->socket, '/');
  return slash ? slash + 1 : folder->socket;
}

/* The address of the socket: by its path, or, when that is too long for an address, by way of the opened folder. */
static bool address_of(const struct ask_data_folder *folder, int opened, struct sockaddr_un *ret) {
  *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
  int length = snprintf(ret->sun_path, sizeof ret->sun_path, "%s", folder->socket);
  if (length < 0 || (size_t)length >= sizeof ret->sun_path)
    length = snprintf(ret->sun_path, sizeof ret->sun_path, "/proc/self/fd/%d/%s", opened, socket_name(folder));
  return length > 0 && (size_t)length < sizeof ret->sun_path;
}

/* ---- the server's side ---------------------------------------------------------------------------------------------- */

/* The line without its end; false when it does not come, or is too long. */
static bool read_line(int fd, int stop, char ret_line[LINE_LIMIT]) {
  int64_t deadline = monotonic() + LINE_MILLISECONDS;
  size_t length = 0;
  while (length < LINE_LIMIT - 1 && wait_for(fd, POLLIN, deadline, stop)) {
    ssize_t got = recv(fd, ret_line + length, LINE_LIMIT - 1 - length, 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return false;
    length += (size_t)got;
    char *end = memchr(ret_line, '\n', length);
    if (end) {
      *end = '\0';
      return true;
    }
  }
  return false;
}

static bool send_all(int fd, const char *bytes, size_t length, int stop) {
  int64_t deadline = monotonic() + REPLY_MILLISECONDS;
  while (length) {
    ssize_t put = send(fd, bytes, length, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EAGAIN && wait_for(fd, POLLOUT, deadline, stop)) continue;
    if (put < 0) return false;
    bytes += put;
    length -= (size_t)put;
  }
  return true;
}

static void answer(struct ask_control *control, int fd) {
  char line[LINE_LIMIT];
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_reload_report report = {0};
  struct ask_buffer text = {0};
  if (!read_line(fd, control->stop, line))
    ask_problem_add(&problems, ASK_ERROR, "no-command", ASK_NOWHERE, NULL, "send `reload` and a line end",
                    "no command came");
  else if (strcmp(line, "reload") != 0)
    ask_problem_add(&problems, ASK_ERROR, "unknown-command", ASK_NOWHERE, NULL, "there is: reload",
                    "the server does not know this command");
  else
    control->reload(control->context, &report, &problems);
  ask_reload_report_write(&text, &report, &problems);
  ask_buffer_putc(&text, '\n');
  (void)send_all(fd, text.bytes, text.length, control->stop);
  ask_buffer_free(&text);
  ask_arena_free(arena);
}

static void *serve(void *context) {
  struct ask_control *control = context;
  for (;;) {
    struct pollfd polled[2] = {{.fd = control->listening, .events = POLLIN}, {.fd = control->stop, .events = POLLIN}};
    if (poll(polled, 2, -1) < 0 && errno != EINTR) break;
    if (polled[1].revents) break;
    if (!(polled[0].revents & POLLIN)) continue;
    int fd = accept4(control->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0) {
      answer(control, fd);
      close(fd);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
      (void)wait_for(-1, 0, monotonic() + 100, control->stop); /* until there is room again */
    }
  }
  return NULL;
}

static void close_all(struct ask_control *control) {
  if (control->listening >= 0) close(control->listening);
  if (control->stop >= 0) close(control->stop);
  if (control->folder >= 0) close(control->folder);
  free(control->name);
  free(control);
}

struct ask_control *ask_control_start(const struct ask_data_folder *folder, ask_control_reload *reload, void *context,
                                      struct ask_problems *problems) {
  struct ask_control *control = calloc(1, sizeof *control);
  if (!control) abort();
  control->name = strdup(socket_name(folder));
  if (!control->name) abort();
  control->reload = reload;
  control->context = context;
  control->folder = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  control->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  control->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct sockaddr_un address;
  bool good = control->folder >= 0 && control->listening >= 0 && control->stop >= 0 &&
              address_of(folder, control->folder, &address) &&
              (unlinkat(control->folder, control->name, 0) == 0 || errno == ENOENT) &&
              bind(control->listening, (struct sockaddr *)&address, sizeof address) == 0 &&
              fchmodat(control->folder, control->name, 0600, 0) == 0 && listen(control->listening, 8) == 0;
  if (good) {
    int error = pthread_create(&control->thread, NULL, serve, control);
    good = error == 0;
    errno = error;
  }
  if (!good) {
    fail(problems, folder->socket, "SIGHUP to the server reloads the rules too", "cannot be listened on", errno);
    close_all(control);
    return NULL;
  }
  return control;
}

struct ask_control *ask_control_stop(struct ask_control *control) {
  if (control) {
    (void)eventfd_write(control->stop, 1);
    pthread_join(control->thread, NULL);
    (void)unlinkat(control->folder, control->name, 0);
    close_all(control);
  }
  return NULL;
}

/* ---- the client's side ---------------------------------------------------------------------------------------------- */

/* A connected socket, or -1 with errno. */
static int connect_to(const struct ask_data_folder *folder) {
  struct sockaddr_un address;
  int opened = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool good =
      fd >= 0 && address_of(folder, opened, &address) && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
  int error = errno;
  close(opened);
  if (!good && fd >= 0) close(fd);
  errno = error;
  return good ? fd : -1;
}

/* Everything up to the other side's end. */
static bool read_report(int fd, struct ask_buffer *report) {
  int64_t deadline = monotonic() + RELOAD_MILLISECONDS;
  while (report->length <= REPORT_LIMIT && wait_for(fd, POLLIN, deadline, -1)) {
    char piece[4096];
    ssize_t got = recv(fd, piece, sizeof piece, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 && report->length && report->bytes[report->length - 1] == '\n';
    ask_buffer_add(report, piece, (size_t)got);
  }
  return false;
}

bool ask_control_ask_reload(struct ask_arena *arena, const struct ask_data_folder *folder, struct ask_text *ret_report,
                            struct ask_problems *problems) {
  static const char command[] = "reload\n";
  struct ask_buffer report = {0};
  int fd = connect_to(folder);
  if (fd < 0)
    return fail(problems, folder->path,
                errno == EACCES ? "run the command as the server's user"
                                : "start it with `askonce serve`, or name its data folder with --data",
                errno == EACCES ? "the server's control socket may not be used"
                                : "no server is running on this data folder",
                errno == ENOENT || errno == ECONNREFUSED ? 0 : errno);
  bool good = send_all(fd, command, sizeof command - 1, -1) && read_report(fd, &report);
  close(fd);
  if (good)
    *ret_report = (struct ask_text){ask_strndup(arena, report.bytes, report.length - 1), report.length - 1};
  else
    fail(problems, folder->socket, "its log says more", "the server did not answer", 0);
  ask_buffer_free(&report);
  return good;
}
