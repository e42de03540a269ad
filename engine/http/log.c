/* Two buffers: requests add to one, the thread writes the other; they change places. */
#include "http/log.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"
#include "http/clock.h"
#include "model/answers.h"

enum { BUFFER = 1 << 20, LINE = 1024, GATHER = 20000 /* microseconds in which lines gather before they are written */ };
enum level { OFF, ERRORS, INFO };

struct ask_log {
  int file;
  size_t part; /* most bytes in one write */
  enum level level;
  pthread_mutex_t lock;
  pthread_cond_t added;
  char *filling, *writing;
  size_t filled;
  uint64_t dropped, said; /* lines; said: how many of them the log tells of already */
  bool stopping;
  pthread_t thread;
};

/* {"time":"2026-11-23T14:03:05.123Z","level":"...","event":"..." without the end. */
static size_t begin(char line[LINE], const char *level, const char *event) {
  int64_t now = ask_wall();
  char day[16];
  ask_date_text(now / 86400000, day);
  int ms = (int)(now % 86400000);
  int length = snprintf(line, LINE, "{\"time\":\"%sT%02d:%02d:%02d.%03dZ\",\"level\":\"%s\",\"event\":\"%s\"", day,
                        ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000, level, event);
  return (size_t)length;
}

static bool is_stopping(struct ask_log *log) {
  pthread_mutex_lock(&log->lock);
  bool stopping = log->stopping;
  pthread_mutex_unlock(&log->lock);
  return stopping;
}

/* In parts that a pipe with room takes without waiting: a reader that stands still must not keep the server from
 * ending. Nobody reading at all is no reason to stop serving. */
static void write_all(struct ask_log *log, const char *bytes, size_t length) {
  while (length) {
    struct pollfd room = {.fd = log->file, .events = POLLOUT};
    int ready = poll(&room, 1, 1000);
    if (ready == 0 && is_stopping(log)) return;
    if (ready <= 0) continue;
    ssize_t written = write(log->file, bytes, length < log->part ? length : log->part);
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
}

static void say_dropped(struct ask_log *log, uint64_t lines) {
  char line[LINE];
  size_t length = begin(line, "warning", "log-dropped");
  length += (size_t)snprintf(line + length, LINE - length, ",\"lines\":%llu}\n", (unsigned long long)lines);
  write_all(log, line, length);
}

static void *drain(void *context) {
  struct ask_log *log = context;
  sigset_t pipe; /* whoever read the log may have gone */
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, NULL);
  pthread_mutex_lock(&log->lock);
  for (;;) {
    while (!log->filled && !log->stopping) pthread_cond_wait(&log->added, &log->lock);
    if (!log->filled && log->stopping) break;
    if (!log->stopping && log->filled < BUFFER / 4) {
      pthread_mutex_unlock(&log->lock);
      usleep(GATHER);
      pthread_mutex_lock(&log->lock);
    }
    char *bytes = log->filling;
    size_t length = log->filled;
    uint64_t lines = log->dropped - log->said;
    log->said = log->dropped;
    log->filling = log->writing;
    log->writing = bytes;
    log->filled = 0;
    pthread_mutex_unlock(&log->lock);
    write_all(log, bytes, length);
    if (lines) say_dropped(log, lines);
    pthread_mutex_lock(&log->lock);
  }
  pthread_mutex_unlock(&log->lock);
  return NULL;
}

struct ask_log *ask_log_open(int file, const char *level) {
  struct ask_log *log = calloc(1, sizeof *log);
  if (!log) abort();
  log->file = file;
  log->level = file < 0 || strcmp(level, "off") == 0 ? OFF : strcmp(level, "errors") == 0 ? ERRORS : INFO;
  pthread_mutex_init(&log->lock, NULL);
  pthread_cond_init(&log->added, NULL);
  if (log->level == OFF) return log;
  struct stat about;
  log->part = fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? BUFFER : PIPE_BUF;
  log->filling = malloc(BUFFER);
  log->writing = malloc(BUFFER);
  if (!log->filling || !log->writing) abort();
  if (pthread_create(&log->thread, NULL, drain, log) != 0) log->level = OFF;
  return log;
}

struct ask_log *ask_log_close(struct ask_log *log) {
  if (!log) return NULL;
  pthread_mutex_lock(&log->lock);
  log->stopping = true;
  pthread_cond_signal(&log->added);
  pthread_mutex_unlock(&log->lock);
  if (log->level != OFF) pthread_join(log->thread, NULL);
  free(log->filling);
  free(log->writing);
  pthread_cond_destroy(&log->added);
  pthread_mutex_destroy(&log->lock);
  free(log);
  return NULL;
}

uint64_t ask_log_dropped(struct ask_log *log) {
  pthread_mutex_lock(&log->lock);
  uint64_t dropped = log->dropped;
  pthread_mutex_unlock(&log->lock);
  return dropped;
}

static void add(struct ask_log *log, const char *bytes, size_t length) {
  pthread_mutex_lock(&log->lock);
  if (length > BUFFER - log->filled) {
    log->dropped++;
  } else {
    memcpy(log->filling + log->filled, bytes, length);
    bool first = log->filled == 0;
    log->filled += length;
    if (first) pthread_cond_signal(&log->added);
  }
  pthread_mutex_unlock(&log->lock);
}

void ask_log_event(struct ask_log *log, const char *level, const char *event, va_list words) {
  if (log->level == OFF || (log->level == ERRORS && strcmp(level, "info") == 0)) return;
  char start[LINE];
  struct ask_buffer line = {0};
  ask_buffer_add(&line, start, begin(start, level, event));
  for (const char *key; (key = va_arg(words, const char *));) {
    const char *value = va_arg(words, const char *);
    ask_buffer_printf(&line, ",\"%s\":", key);
    if (value)
      ask_json_string(&line, value, strlen(value));
    else
      ask_buffer_puts(&line, "null");
  }
  ask_buffer_puts(&line, "}\n");
  add(log, line.bytes, line.length);
  ask_buffer_free(&line);
}

static bool is_word(const char *event) {
  size_t length = strspn(event, "abcdefghijklmnopqrstuvwxyz-");
  return length && length <= 40 && !event[length];
}

void ask_log_fields(struct ask_log *log, const char *level, const char *event, const char *fields) {
  if (log->level == OFF || (log->level == ERRORS && strcmp(level, "info") == 0)) return;
  char start[LINE];
  struct ask_buffer line = {0};
  ask_buffer_add(&line, start, begin(start, level, is_word(event) ? event : "app"));
  if (*fields) ask_buffer_putc(&line, ',');
  ask_buffer_puts(&line, fields);
  ask_buffer_puts(&line, "}\n");
  add(log, line.bytes, line.length);
  ask_buffer_free(&line);
}

void ask_log_request(struct ask_log *log, const struct ask_log_request *request) {
  bool failed = request->status >= 500;
  if (log->level == OFF || (log->level == ERRORS && !failed)) return;
  char line[LINE];
  size_t length = begin(line, failed ? "error" : "info", "request");
  /* everything here is of our own making or, the id, checked letter by letter */
  length += (size_t)snprintf(
      line + length, LINE - length,
      ",\"request\":\"%s\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%u,\"bytes\":%llu,\"us\":%lld", request->id,
      request->method, request->route, request->status, (unsigned long long)request->bytes,
      (long long)request->microseconds);
  if (request->key) {
    memcpy(line + length, ",\"key\":\"", 8);
    ask_uuid_text(request->key, line + length + 8);
    length += 8 + ASK_UUID_TEXT - 1;
    line[length++] = '"';
  }
  const char *end = request->cut ? ",\"cut\":true}\n" : "}\n";
  size_t rest = strlen(end);
  memcpy(line + length, end, rest);
  add(log, line, length + rest);
}
