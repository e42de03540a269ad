/* The parts of a bulk run. Private to service/bulk*.c.
 *   bulk_input.c   lines in chunks      bulk_output.c  the files that are written, and the state that lets a run go on
 *   bulk.c         the ring of chunks between one thread that reads and writes and those that assess */
#ifndef ASK_SERVICE_BULK_PARTS_H
#define ASK_SERVICE_BULK_PARTS_H

#include "service/bulk.h"

/* Whole lines, each with its line end. */
struct ask_bulk_chunk {
  struct ask_buffer lines, results, rejects;
  int64_t first_line; /* number of its first line in the input */
  int64_t line_count;
  int64_t rejected;
  int64_t end_offset; /* bytes of the input up to its end */
};

struct ask_bulk_input {
  int fd;
  const char *name;
  bool regular;
  int64_t size;         /* 0: not known */
  int64_t offset, line; /* handed out so far */
  char *buffer;
  size_t start, end, scanned;
  bool ended, skipping;
};
bool ask_bulk_input_open(struct ask_bulk_input *input, const char *path, struct ask_problems *problems);
bool ask_bulk_input_seek(struct ask_bulk_input *input, int64_t offset, int64_t line);
void ask_bulk_input_close(struct ask_bulk_input *input);
/* Whether reading would not have to wait; waits up to `milliseconds` for it. */
bool ask_bulk_input_ready(const struct ask_bulk_input *input, int milliseconds);
/* The next lines; a chunk without lines is the end. Lines that are too long are cut to just above the limit. False
 * with errno. */
bool ask_bulk_input_fill(struct ask_bulk_input *input, struct ask_bulk_chunk *chunk, const volatile sig_atomic_t *stop);

struct ask_bulk_output {
  struct ask_arena *arena;
  const char *out, *rejects, *state; /* paths; rejects NULL: standard error; state NULL: cannot be resumed */
  int out_fd, rejects_fd;            /* rejects_fd -1: not opened yet */
  int64_t out_offset, rejects_offset;
  int64_t in_offset, line; /* of the input, that these offsets stand for */
  int64_t as_of;
  char identity[65]; /* of the input, the rules and the options */
  int64_t saved_at;  /* monotonic milliseconds */
};
/* Opens the outputs, new or where an earlier run stopped; *ret_line: lines done before. */
bool ask_bulk_output_open(struct ask_bulk_output *output, const struct ask_bulk_options *options,
                          const struct ask_bulk_input *input, struct ask_problems *problems);
/* Writes what came of a chunk. False after adding a problem; what stood before is whole. */
bool ask_bulk_output_write(struct ask_bulk_output *output, const struct ask_bulk_chunk *chunk,
                           const volatile sig_atomic_t *stop, struct ask_problems *problems);
/* Syncs the data and records how far it is. */
bool ask_bulk_output_save(struct ask_bulk_output *output, struct ask_problems *problems);
/* Everything is done: syncs, and there is nothing to resume any more. */
bool ask_bulk_output_finish(struct ask_bulk_output *output, struct ask_problems *problems);
void ask_bulk_output_close(struct ask_bulk_output *output);

int64_t ask_bulk_now(void); /* monotonic milliseconds */

#endif
