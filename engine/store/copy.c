/* Copying every row of one store into another, and reading each back. */
#include "store/copy.h"

#include <stdio.h>

#include "store/row.h"

enum { ROWS_AT_ONCE = 250 };

static enum ask_store_status session_walk(void *session, const char *cursor, size_t limit, struct ask_arena *arena,
                                          struct ask_store_row **ret, size_t *ret_count) {
  return ask_store_walk(session, cursor, limit, arena, ret, ret_count);
}

static enum ask_store_status session_count(void *session, struct ask_store_counts *ret) {
  return ask_store_count(session, ret);
}

struct ask_copy_source ask_copy_source_of(ask_store_session *session) {
  return (struct ask_copy_source){session, session_walk, session_count, ask_store_message(session)};
}

int64_t ask_counts_rows(const struct ask_store_counts *counts) {
  return counts->partners + counts->keys + counts->rules + counts->revisions + counts->idempotency_keys +
         counts->documents;
}

bool ask_counts_equal(const struct ask_store_counts *a, const struct ask_store_counts *b) {
  return a->partners == b->partners && a->keys == b->keys && a->rules == b->rules && a->assessments == b->assessments &&
         a->revisions == b->revisions && a->idempotency_keys == b->idempotency_keys && a->documents == b->documents;
}

struct copy {
  const struct ask_copy_source *from;
  ask_store_session *to;
  const char *name;
  struct ask_arena *arena; /* for some rows */
  struct ask_copy_outcome *outcome;
  char *message;
};

static enum ask_store_status source_failed(struct copy *copy, enum ask_store_status status) {
  snprintf(copy->message, ASK_STORE_MESSAGE, "the source cannot be read: %.200s",
           *copy->from->message ? copy->from->message : ask_store_status_text(status));
  return status;
}

static enum ask_store_status target_failed(struct copy *copy, enum ask_store_status status) {
  const char *why = ask_store_message(copy->to);
  snprintf(copy->message, ASK_STORE_MESSAGE, "the target: %.230s", *why ? why : ask_store_status_text(status));
  return status;
}

static enum ask_store_status differs(struct copy *copy, const struct ask_store_row *row) {
  struct ask_any_row any;
  const char *words = ask_row_read(row, copy->arena, &any) ? ask_row_words(copy->arena, &any) : "a row";
  snprintf(copy->message, ASK_STORE_MESSAGE, "%s is in the target already, with other contents", words);
  return ASK_STORE_CONFLICT;
}

/* Rows are looked for first: an earlier run may have brought them, and may have been killed before it read them
 * back. */
static enum ask_store_status copy_some(struct copy *copy, const struct ask_store_row *rows, size_t count) {
  size_t bad = 0;
  enum ask_store_status status = ask_store_verify(copy->to, rows, count, &bad);
  if (status == ASK_STORE_OK) {
    copy->outcome->already += (int64_t)count;
    return status;
  }
  if (status == ASK_STORE_CONFLICT) return differs(copy, &rows[bad]);
  if (status != ASK_STORE_NOT_FOUND) return target_failed(copy, status);
  copy->outcome->already += (int64_t)bad;
  copy->outcome->brought += (int64_t)(count - bad);
  rows += bad;
  count -= bad;
  status = ask_store_import(copy->to, rows, count, copy->name);
  if (status != ASK_STORE_OK) return target_failed(copy, status);
  status = ask_store_verify(copy->to, rows, count, &bad);
  if (status == ASK_STORE_CONFLICT) return differs(copy, &rows[bad]);
  if (status == ASK_STORE_NOT_FOUND) {
    snprintf(copy->message, ASK_STORE_MESSAGE,
             "the target lost a row that it had taken: its disk or its settings "
             "need to be looked at");
    return ASK_STORE_BROKEN;
  }
  return status == ASK_STORE_OK ? status : target_failed(copy, status);
}

static enum ask_store_status copy_all(struct copy *copy, void (*progress)(void *context, int64_t done, int64_t total),
                                      void *context) {
  struct ask_copy_outcome *outcome = copy->outcome;
  const char *noted = "";
  enum ask_store_status status = copy->from->count(copy->from->session, &outcome->from);
  if (status != ASK_STORE_OK) return source_failed(copy, status);
  int64_t total = ask_counts_rows(&outcome->from);
  status = ask_store_import_cursor(copy->to, copy->name, copy->arena, &noted);
  if (status != ASK_STORE_OK) return target_failed(copy, status);
  outcome->taken_up = *noted != '\0';
  struct ask_buffer cursor = {0};
  ask_buffer_puts(&cursor, "");
  for (;;) {
    struct ask_store_row *rows = NULL;
    size_t count = 0;
    ask_arena_reset(copy->arena);
    status = copy->from->walk(copy->from->session, cursor.bytes, ROWS_AT_ONCE, copy->arena, &rows, &count);
    if (status != ASK_STORE_OK) status = source_failed(copy, status);
    if (status != ASK_STORE_OK || !count) break;
    status = copy_some(copy, rows, count);
    if (status != ASK_STORE_OK) break;
    if (progress) progress(context, outcome->already + outcome->brought, total);
    ask_buffer_clear(&cursor);
    ask_buffer_puts(&cursor, rows[count - 1].cursor);
  }
  ask_buffer_free(&cursor);
  if (status != ASK_STORE_OK) return status;
  status = copy->from->count(copy->from->session, &outcome->from);
  if (status != ASK_STORE_OK) return source_failed(copy, status);
  status = ask_store_count(copy->to, &outcome->to);
  return status == ASK_STORE_OK ? status : target_failed(copy, status);
}

enum ask_store_status ask_copy_rows(const struct ask_copy_source *from, ask_store_session *to, const char *name,
                                    void (*progress)(void *context, int64_t done, int64_t total), void *context,
                                    struct ask_copy_outcome *ret, char message[ASK_STORE_MESSAGE]) {
  *ret = (struct ask_copy_outcome){0};
  message[0] = '\0';
  struct copy copy = {from, to, name, ask_arena_new(), ret, message};
  enum ask_store_status status = copy_all(&copy, progress, context);
  ask_arena_free(copy.arena);
  return status;
}
