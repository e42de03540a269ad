/* What a bulk run writes, and the small state file by which the same command goes on where the last one stopped. The
 * order is: results, rejects, sync, state. So the state never speaks of bytes that are not on the disk; bytes beyond
 * it are cut off. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/number.h"
#include "service/bulk_parts.h"
#include "json/put.h"
#include "json/read.h"

enum { STATE_VERSION = 1, STATE_LIMIT = 64 * 1024, HEAD_SIZE = 64 * 1024 };

int64_t ask_bulk_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- identity ---------------------------------------------------------------------------------------------------- */

static void hash_text(struct ask_hash *hash, const char *text) {
  ask_hash_add(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* What has to be the same for two runs to make one output: the input's size and beginning, the rules, the options. */
static void identify(struct ask_bulk_output *output, const struct ask_bulk_options *options,
                     const struct ask_bulk_input *input) {
  const struct ask_catalogue *catalogue = options->rules->catalogue;
  struct ask_hash hash;
  char *head = malloc(HEAD_SIZE);
  if (!head) abort();
  ssize_t length = pread(input->fd, head, HEAD_SIZE, 0);
  ask_hash_start(&hash);
  hash_text(&hash, ASK_VERSION);
  ask_hash_add(&hash, &input->size, sizeof input->size);
  if (length > 0) ask_hash_add(&hash, head, (size_t)length);
  free(head);
  hash_text(&hash, catalogue->form->hash);
  for (size_t i = 0; i < catalogue->pack_count; i++) {
    hash_text(&hash, catalogue->packs[i].spec->id);
    hash_text(&hash, catalogue->packs[i].spec->shared_hash);
  }
  for (size_t i = 0; i < catalogue->program_count; i++) {
    hash_text(&hash, catalogue->programs[i].spec->id);
    hash_text(&hash, catalogue->programs[i].spec->hash);
    hash_text(&hash, !options->choice.programs || options->choice.programs[i] ? "reported" : "");
  }
  hash_text(&hash, ask_detail_text(options->detail));
  hash_text(&hash, options->as_of_wins ? "as-of" : "");
  if (options->as_of_wins) ask_hash_add(&hash, &options->as_of, sizeof options->as_of);
  hash_text(&hash, output->rejects);
  ask_hash_end(&hash, output->identity);
}

/* ---- the state file ---------------------------------------------------------------------------------------------- */

static bool member_number(const struct ask_raw *raw, const char *key, int64_t *ret) {
  const struct ask_raw *found = ask_raw_member(raw, key);
  return found && found->kind == ASK_RAW_NUMBER && ask_number_read(found->text, found->length, 0, ret) && *ret >= 0;
}

/* Fills the offsets from the state file. False after adding a problem. */
static bool read_state(struct ask_bulk_output *output, bool as_of_wins, struct ask_problems *problems) {
  struct ask_place at = {.file = output->state};
  struct ask_bytes bytes = ask_file_read(output->arena, output->state, STATE_LIMIT, problems);
  if (!bytes.bytes) return false;
  struct ask_json_reader *reader = ask_json_reader_new();
  struct ask_json_source source = {.file = output->state, .limit = STATE_LIMIT};
  struct ask_problems unread = {.arena = output->arena};
  const struct ask_raw *raw = ask_json_read(reader, output->arena, &source, bytes.bytes, bytes.length, &unread);
  ask_json_reader_free(reader);
  const struct ask_raw *identity = ask_raw_member(raw, "identity"), *as_of = ask_raw_member(raw, "as_of");
  int64_t version = 0, day = 0;
  if (!raw || !member_number(raw, "version", &version) || version != STATE_VERSION || !identity || !identity->text ||
      !as_of || !as_of->text || !ask_date_read(as_of->text, as_of->length, &day) ||
      !member_number(raw, "in", &output->in_offset) || !member_number(raw, "line", &output->line) ||
      !member_number(raw, "out", &output->out_offset) || !member_number(raw, "rejects", &output->rejects_offset)) {
    ask_problem_add(problems, ASK_ERROR, "bad-state", at, NULL, "start anew with --force",
                    "is not a state that can be taken up");
    return false;
  }
  if (strcmp(identity->text, output->identity) != 0) {
    ask_problem_add(problems, ASK_ERROR, "other-run", at, NULL,
                    "give the same command and input as before, or start anew with --force",
                    "an unfinished run stands here whose input, rules or options were different");
    return false;
  }
  if (!as_of_wins) output->as_of = day; /* the day on which it began */
  return true;
}

static bool cannot_write(const struct ask_bulk_output *output, const char *path, int error,
                         struct ask_problems *problems) {
  const char *hint = error == ENOSPC || error == EDQUOT
                         ? output->state ? "free some space and give the same command again: it goes on from there"
                                         : "free some space and start again"
                     : error == EPIPE ? "whoever read the output has gone away"
                     : output->state  ? "mend that and give the same command again: it goes on from there"
                                      : NULL;
  ask_problem_add(problems, ASK_ERROR, "cannot-write", (struct ask_place){.file = path}, NULL, hint,
                  "cannot be written: %s", strerror(error));
  return false;
}

static bool sync_file(int fd) { return fd < 0 || fdatasync(fd) == 0 || errno == EINVAL || errno == EROFS; }

bool ask_bulk_output_save(struct ask_bulk_output *output, struct ask_problems *problems) {
  output->saved_at = ask_bulk_now();
  if (!output->state) return true;
  if (!sync_file(output->out_fd)) return cannot_write(output, output->out, errno, problems);
  if (!sync_file(output->rejects_fd)) return cannot_write(output, output->rejects, errno, problems);
  char as_of[16];
  struct ask_buffer text = {0};
  ask_date_text(output->as_of, as_of);
  ask_put_open(&text, '{');
  ask_put_key_int(&text, "version", STATE_VERSION);
  ask_put_key_text(&text, "identity", output->identity);
  ask_put_key_text(&text, "as_of", as_of);
  ask_put_key_int(&text, "in", output->in_offset);
  ask_put_key_int(&text, "line", output->line);
  ask_put_key_int(&text, "out", output->out_offset);
  ask_put_key_int(&text, "rejects", output->rejects_offset);
  ask_put_close(&text, '}');
  ask_buffer_putc(&text, '\n');
  bool good = ask_file_replace(output->state, text.bytes, text.length);
  int error = errno;
  ask_buffer_free(&text);
  return good || cannot_write(output, output->state, error, problems);
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

static bool exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

static bool is_special(const char *path) {
  struct stat status;
  return strcmp(path, "-") == 0 || (stat(path, &status) == 0 && !S_ISREG(status.st_mode));
}

static bool open_new(struct ask_bulk_output *output, bool force, struct ask_problems *problems) {
  const char *there = output->state && exists(output->out)                          ? output->out
                      : output->state && output->rejects && exists(output->rejects) ? output->rejects
                                                                                    : NULL;
  if (there && !force) {
    ask_problem_add(problems, ASK_ERROR, "exists", (struct ask_place){.file = there}, NULL,
                    "choose another name, or write over it with --force", "is already there");
    return false;
  }
  if (output->state) {
    /* the state comes first: whenever the run is killed from here on, the same command goes on */
    char *folder = ask_strdup(output->arena, output->out);
    if (access(dirname(folder), W_OK | X_OK) != 0) return cannot_write(output, output->out, errno, problems);
    if (!ask_bulk_output_save(output, problems)) return false;
    if (output->rejects) unlink(output->rejects);
  }
  output->out_fd =
      strcmp(output->out, "-") == 0 ? STDOUT_FILENO : open(output->out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (output->out_fd >= 0) return true;
  int error = errno;
  if (output->state) unlink(output->state);
  return cannot_write(output, output->out, error, problems);
}

/* The same file under whatever name; the input by its descriptor. */
static bool same_file(int fd, const char *one, const char *other) {
  struct stat a, b;
  if (strcmp(other, "-") == 0 || (one && strcmp(one, "-") == 0)) return false;
  if (one && strcmp(one, other) == 0) return true; /* also when it is yet to be made */
  if ((one ? stat(one, &a) : fstat(fd, &a)) != 0 || stat(other, &b) != 0) return false;
  return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool apart(const struct ask_bulk_output *output, const struct ask_bulk_input *input,
                  struct ask_problems *problems) {
  const char *path = NULL, *what = NULL;
  if (same_file(input->fd, NULL, output->out))
    path = output->out, what = "is the input: it would be written over";
  else if (output->rejects && same_file(input->fd, NULL, output->rejects))
    path = output->rejects, what = "is the input: the rejects would be written over it";
  else if (output->rejects && same_file(-1, output->out, output->rejects))
    path = output->rejects, what = "is named for both the results and the rejects";
  if (!path) return true;
  ask_problem_add(problems, ASK_ERROR, "same-file", (struct ask_place){.file = path}, NULL, "name another file", "%s",
                  what);
  return false;
}

/* Opens a file of an earlier run and cuts off what lies beyond the state; one that was killed at once may not have made it. */
static int reopen(struct ask_bulk_output *output, const char *path, int64_t offset, struct ask_problems *problems) {
  struct stat status;
  int fd = open(path, O_WRONLY | O_CLOEXEC | (offset == 0 ? O_CREAT : 0), 0666);
  if (fd < 0 || fstat(fd, &status) != 0) {
    cannot_write(output, path, errno, problems);
  } else if ((int64_t)status.st_size < offset) {
    ask_problem_add(problems, ASK_ERROR, "too-short", (struct ask_place){.file = path}, NULL, "start anew with --force",
                    "is shorter than the unfinished run left it");
  } else if (ftruncate(fd, (off_t)offset) != 0 || lseek(fd, (off_t)offset, SEEK_SET) < 0) {
    cannot_write(output, path, errno, problems);
  } else {
    return fd;
  }
  if (fd >= 0) close(fd);
  return -1;
}

static bool resume(struct ask_bulk_output *output, bool as_of_wins, struct ask_problems *problems) {
  if (!read_state(output, as_of_wins, problems)) return false;
  output->out_fd = reopen(output, output->out, output->out_offset, problems);
  if (output->out_fd < 0) return false;
  if (output->rejects_offset == 0) {
    unlink(output->rejects);
    return true;
  }
  output->rejects_fd = reopen(output, output->rejects, output->rejects_offset, problems);
  return output->rejects_fd >= 0;
}

bool ask_bulk_output_open(struct ask_bulk_output *output, const struct ask_bulk_options *options,
                          const struct ask_bulk_input *input, struct ask_problems *problems) {
  bool special = is_special(options->out);
  *output = (struct ask_bulk_output){.arena = problems->arena,
                                     .out = options->out,
                                     .out_fd = -1,
                                     .rejects_fd = -1,
                                     .as_of = options->as_of,
                                     .rejects = options->rejects};
  if (!special) {
    if (!output->rejects) output->rejects = ask_printf(output->arena, "%s.rejects.jsonl", output->out);
    if (input->regular && !is_special(output->rejects))
      output->state = ask_printf(output->arena, "%s.state", output->out);
  }
  if (!apart(output, input, problems)) return false;
  output->saved_at = ask_bulk_now();
  identify(output, options, input);
  if (output->state && exists(output->state) && !options->force) return resume(output, options->as_of_wins, problems);
  if (!output->state && !special && exists(output->out) && !options->force) {
    ask_problem_add(problems, ASK_ERROR, "exists", (struct ask_place){.file = output->out}, NULL,
                    "choose another name, or write over it with --force", "is already there");
    return false;
  }
  return open_new(output, options->force, problems);
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static bool write_all(int fd, const struct ask_buffer *text, const volatile sig_atomic_t *stop) {
  for (size_t done = 0; done < text->length;) {
    ssize_t put = write(fd, text->bytes + done, text->length - done);
    if (put < 0 && errno == EINTR && !(stop && *stop)) continue;
    if (put < 0) return false;
    done += (size_t)put;
  }
  return true;
}

static bool open_rejects(struct ask_bulk_output *output) {
  if (output->rejects_fd >= 0) return true;
  output->rejects_fd =
      !output->rejects ? STDERR_FILENO : open(output->rejects, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return output->rejects_fd >= 0;
}

/* Back to what is whole: a line that was written in part must not stay. */
static void cut_back(struct ask_bulk_output *output) {
  if (!output->state) return;
  if (output->out_fd >= 0 && ftruncate(output->out_fd, (off_t)output->out_offset) == 0)
    lseek(output->out_fd, (off_t)output->out_offset, SEEK_SET);
  if (output->rejects_fd >= 0 && ftruncate(output->rejects_fd, (off_t)output->rejects_offset) == 0)
    lseek(output->rejects_fd, (off_t)output->rejects_offset, SEEK_SET);
}

bool ask_bulk_output_write(struct ask_bulk_output *output, const struct ask_bulk_chunk *chunk,
                           const volatile sig_atomic_t *stop, struct ask_problems *problems) {
  const char *path = output->out;
  bool good = write_all(output->out_fd, &chunk->results, stop);
  if (good && chunk->rejects.length) {
    path = output->rejects ? output->rejects : "<stderr>";
    good = open_rejects(output) && write_all(output->rejects_fd, &chunk->rejects, stop);
  }
  if (!good) {
    int error = errno;
    cut_back(output);
    return cannot_write(output, path, error, problems);
  }
  output->out_offset += (int64_t)chunk->results.length;
  output->rejects_offset += (int64_t)chunk->rejects.length;
  output->in_offset = chunk->end_offset;
  output->line = chunk->first_line + chunk->line_count - 1;
  return true;
}

bool ask_bulk_output_finish(struct ask_bulk_output *output, struct ask_problems *problems) {
  if (output->state) {
    if (!sync_file(output->out_fd)) return cannot_write(output, output->out, errno, problems);
    if (!sync_file(output->rejects_fd)) return cannot_write(output, output->rejects, errno, problems);
    unlink(output->state);
  }
  int fd = output->out_fd;
  output->out_fd = -1;
  if (fd > STDERR_FILENO && close(fd) != 0) return cannot_write(output, output->out, errno, problems);
  return true;
}

void ask_bulk_output_close(struct ask_bulk_output *output) {
  if (output->out_fd > STDERR_FILENO) close(output->out_fd);
  if (output->rejects_fd > STDERR_FILENO) close(output->rejects_fd);
  output->out_fd = output->rejects_fd = -1;
}
