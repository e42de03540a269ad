/* The input of a bulk run: any bytes, cut into chunks of whole lines. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/bulk_parts.h"

enum { READ_SIZE = 256 * 1024, CHUNK_SIZE = 96 * 1024, BUFFER_SIZE = ASK_BULK_LINE_LIMIT + 2 + READ_SIZE };

bool ask_bulk_input_open(struct ask_bulk_input *input, const char *path, struct ask_problems *problems) {
  struct stat status = {0};
  *input = (struct ask_bulk_input){.name = ask_input_name(path)};
  input->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  bool good = input->fd >= 0 && fstat(input->fd, &status) == 0;
  struct ask_place at = {.file = input->name};
  if (!good || S_ISDIR(status.st_mode)) {
    ask_problem_add(problems, ASK_ERROR, "cannot-read", at, NULL, "name a file with one household a line",
                    "cannot be read: %s", strerror(good ? EISDIR : errno));
    return false;
  }
  /* Standard input is taken as it comes, even where it is a file: nobody could name it again. */
  input->regular = S_ISREG(status.st_mode) && input->fd != STDIN_FILENO;
  input->size = S_ISREG(status.st_mode) ? (int64_t)status.st_size : 0;
  input->buffer = malloc(BUFFER_SIZE);
  if (!input->buffer) abort();
  return true;
}

bool ask_bulk_input_seek(struct ask_bulk_input *input, int64_t offset, int64_t line) {
  if (lseek(input->fd, (off_t)offset, SEEK_SET) != (off_t)offset) return false;
  input->offset = offset;
  input->line = line;
  return true;
}

void ask_bulk_input_close(struct ask_bulk_input *input) {
  if (input->fd > STDIN_FILENO) close(input->fd);
  free(input->buffer);
  *input = (struct ask_bulk_input){.fd = -1};
}

bool ask_bulk_input_ready(const struct ask_bulk_input *input, int milliseconds) {
  struct pollfd wait = {.fd = input->fd, .events = POLLIN};
  return input->ended || input->regular || poll(&wait, 1, milliseconds) > 0;
}

static void take(struct ask_bulk_input *input, struct ask_bulk_chunk *chunk, size_t length, size_t consumed) {
  ask_buffer_add(&chunk->lines, input->buffer + input->start, length);
  ask_buffer_putc(&chunk->lines, '\n');
  chunk->line_count++;
  input->line++;
  input->start += consumed;
  input->offset += (int64_t)consumed;
  input->scanned = 0;
}

/* Takes one line, if there is a whole one in the buffer or one that is too long. */
static bool take_line(struct ask_bulk_input *input, struct ask_bulk_chunk *chunk) {
  char *begin = input->buffer + input->start;
  size_t left = input->end - input->start;
  char *newline = memchr(begin + input->scanned, '\n', left - input->scanned);
  if (newline && input->skipping) {
    size_t rest = (size_t)(newline - begin) + 1;
    input->start += rest;
    input->offset += (int64_t)rest;
    input->scanned = 0;
    input->skipping = false;
    return true;
  }
  if (newline) {
    take(input, chunk, (size_t)(newline - begin), (size_t)(newline - begin) + 1);
    return true;
  }
  input->scanned = left;
  if (input->skipping) {
    input->start = input->end;
    input->offset += (int64_t)left;
    input->scanned = 0;
  } else if (left > ASK_BULK_LINE_LIMIT) {
    take(input, chunk, ASK_BULK_LINE_LIMIT + 1, left);
    input->skipping = true;
  }
  return false;
}

/* 1: more bytes; 0: the end; -1: errno. */
static int read_more(struct ask_bulk_input *input, const volatile sig_atomic_t *stop) {
  if (input->start) {
    memmove(input->buffer, input->buffer + input->start, input->end - input->start);
    input->end -= input->start;
    input->start = 0;
  }
  for (;;) {
    if (stop && *stop) return 0;
    ssize_t got = read(input->fd, input->buffer + input->end,
                       BUFFER_SIZE - input->end < READ_SIZE ? BUFFER_SIZE - input->end : READ_SIZE);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    input->end += (size_t)got;
    return got > 0;
  }
}

bool ask_bulk_input_fill(struct ask_bulk_input *input, struct ask_bulk_chunk *chunk,
                         const volatile sig_atomic_t *stop) {
  ask_buffer_clear(&chunk->lines);
  chunk->line_count = 0;
  chunk->first_line = input->line + 1;
  while (!input->ended && (chunk->lines.length < CHUNK_SIZE || input->skipping)) {
    if (take_line(input, chunk)) continue;
    if (chunk->line_count && !input->skipping && !ask_bulk_input_ready(input, 0)) break;
    int got = read_more(input, stop);
    if (got < 0) return false;
    if (got == 0) {
      bool stopped = stop && *stop;
      /* A last line without its line end. Not when stopped: there may be more of it. */
      if (!stopped && input->end > input->start && !input->skipping)
        take(input, chunk, input->end - input->start, input->end - input->start);
      input->ended = true;
    }
  }
  chunk->end_offset = input->offset;
  return true;
}
