/* One pass over the bytes; a quote may only open a cell, and closes it. */
#include "service/csv.h"

#include <string.h>

struct row {
  struct ask_arena *arena;
  struct ask_text *cells;
  size_t count, capacity;
};

static bool add_cell(struct row *row, const char *text, size_t length) {
  if (row->count == ASK_CSV_MOST_CELLS) return false;
  struct ask_text *cell = ask_push(row->arena, &row->cells, &row->count, &row->capacity, sizeof *cell);
  *cell = (struct ask_text){ask_strndup(row->arena, text, length), length};
  return true;
}

static bool add_trimmed(struct row *row, const char *text, size_t length) {
  while (length && (*text == ' ' || *text == '\t')) text++, length--;
  while (length && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
  return add_cell(row, text, length);
}

size_t ask_csv_start(const char *bytes, size_t length) {
  return length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static enum ask_csv_step broken(const char **ret_why, const char *why) {
  *ret_why = why;
  return ASK_CSV_BROKEN;
}

/* The cell in quotes that begins at *at, which moves behind its last quote. */
static enum ask_csv_step quoted(struct row *row, const char *bytes, size_t length, bool last, size_t *at,
                                const char **ret_why) {
  struct ask_buffer text = {0};
  size_t i = *at + 1;
  enum ask_csv_step step = ASK_CSV_MORE;
  for (; i < length; i++) {
    if (bytes[i] != '"') {
      ask_buffer_putc(&text, bytes[i]);
    } else if (i + 1 < length && bytes[i + 1] == '"') {
      ask_buffer_putc(&text, '"');
      i++;
    } else if (i + 1 < length || last) {
      step = ASK_CSV_ROW;
      break;
    } else {
      break; /* whether the quote is doubled is in the bytes to come */
    }
  }
  if (step == ASK_CSV_ROW) {
    *at = i + 1;
    if (!add_cell(row, text.bytes ? text.bytes : "", text.length)) step = broken(ret_why, "the row has too many cells");
  } else if (last) {
    step = broken(ret_why, "a cell in quotes does not end");
  }
  ask_buffer_free(&text);
  return step;
}

/* Rows are cut before this: cells are never read beyond the limit. */
static enum ask_csv_step too_long(size_t from, size_t to, const char **ret_why) {
  return to - from > ASK_CSV_MOST_BYTES ? broken(ret_why, "the row has too many bytes") : ASK_CSV_ROW;
}

enum ask_csv_step ask_csv_next(struct ask_arena *arena, const char *bytes, size_t length, bool last, size_t *at,
                               struct ask_text **ret_cells, size_t *ret_count, const char **ret_why) {
  struct row row = {.arena = arena};
  size_t i = *at, end = length;
  if (i >= length) return last ? ASK_CSV_END : ASK_CSV_MORE;
  if (length - i > ASK_CSV_MOST_BYTES + 1) end = i + ASK_CSV_MOST_BYTES + 1, last = false;
  for (;;) {
    if (i < end && bytes[i] == '"') {
      enum ask_csv_step step = quoted(&row, bytes, end, last, &i, ret_why);
      if (step == ASK_CSV_MORE && end < length) return broken(ret_why, "the row has too many bytes");
      if (step != ASK_CSV_ROW) return step;
      if (i < end && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r')
        return broken(ret_why, "something follows a cell in quotes");
    } else {
      size_t from = i;
      while (i < end && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '"') i++;
      if (i < end && bytes[i] == '"') return broken(ret_why, "a quote stands within a cell");
      if (i == end && !last) return end < length ? broken(ret_why, "the row has too many bytes") : ASK_CSV_MORE;
      if (!add_trimmed(&row, bytes + from, i - from)) return broken(ret_why, "the row has too many cells");
    }
    if (i >= end && !last) return end < length ? broken(ret_why, "the row has too many bytes") : ASK_CSV_MORE;
    if (i < end && bytes[i] == ',') {
      i++;
      if (i == end && last && !add_cell(&row, "", 0)) return broken(ret_why, "the row has too many cells");
      if (i == end && last) break;
      continue;
    }
    break;
  }
  if (i < end && bytes[i] == '\r') {
    if (i + 1 == end && !last) return ASK_CSV_MORE;
    i += i + 1 < end && bytes[i + 1] == '\n' ? 2 : 1;
  } else if (i < end) {
    i++;
  }
  if (too_long(*at, i, ret_why) == ASK_CSV_BROKEN) return ASK_CSV_BROKEN;
  *at = i;
  *ret_cells = row.cells;
  *ret_count = row.count;
  return ASK_CSV_ROW;
}

void ask_csv_put(struct ask_buffer *buffer, const char *text, size_t length) {
  bool plain = true;
  for (size_t i = 0; i < length; i++) plain = plain && !strchr(",\"\r\n", text[i]);
  if (length && (text[0] == ' ' || text[length - 1] == ' ')) plain = false;
  if (plain) {
    ask_buffer_add(buffer, text, length);
    return;
  }
  ask_buffer_putc(buffer, '"');
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') ask_buffer_putc(buffer, '"');
    ask_buffer_putc(buffer, text[i]);
  }
  ask_buffer_putc(buffer, '"');
}
