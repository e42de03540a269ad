/* CSV (RFC 4180) a row at a time: commas, cells in quotes with "" for a quote, CRLF or LF. Not for what a column means:
 * see dialect_csv.h. */
#ifndef ASK_SERVICE_CSV_H
#define ASK_SERVICE_CSV_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

enum { ASK_CSV_MOST_CELLS = 4096, ASK_CSV_MOST_BYTES = 1024 * 1024 /* of a row */ };

enum ask_csv_step {
  ASK_CSV_ROW,
  ASK_CSV_MORE,  /* the bytes end within a row, and are not the last ones */
  ASK_CSV_END,   /* nothing is left */
  ASK_CSV_BROKEN /* *ret_why says why; what follows it cannot be told apart */
};

/* The next row of bytes[*at .. length); *at moves behind it. last: no more bytes will come. A byte order mark at the very
 * beginning is the caller's to pass over (ask_csv_start). Cells are in the arena, NUL-terminated, without blanks around
 * them unless in quotes; a line without anything is a row of one empty cell. */
enum ask_csv_step ask_csv_next(struct ask_arena *arena, const char *bytes, size_t length, bool last, size_t *at,
                               struct ask_text **ret_cells, size_t *ret_count, const char **ret_why);
/* 3 when there is a byte order mark, else 0. */
size_t ask_csv_start(const char *bytes, size_t length);
/* Appends a cell, in quotes where it needs them. */
void ask_csv_put(struct ask_buffer *buffer, const char *text, size_t length);

#endif
