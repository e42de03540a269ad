/* Verifying: are these rows there, with equal bytes? */
#include "store/sqlite/rows.h"

static enum ask_store_status verify_row(struct ask_sqlite_session *session, const struct ask_store_row *row,
                                        struct ask_arena *arena) {
  struct ask_any_row wanted, found;
  struct ask_store_row written;
  if (!ask_row_read(row, arena, &wanted))
    return ask_sqlite_say(session, ASK_STORE_BROKEN, "a row that was given is not one");
  enum ask_store_status status = ask_sqlite_row_like(session, &wanted, arena, &found);
  if (status != ASK_STORE_OK) return status;
  ask_row_write(arena, &found, &written);
  bool equal = written.bytes.length == row->bytes.length &&
               memcmp(written.bytes.bytes, row->bytes.bytes, row->bytes.length) == 0;
  if (equal) return ASK_STORE_OK;
  return ask_sqlite_say(session, ASK_STORE_CONFLICT, "%s is there with other contents", ask_row_words(arena, &wanted));
}

enum ask_store_status ask_sqlite_verify(void *part, const struct ask_store_row *rows, size_t count, size_t *ret_bad) {
  struct ask_sqlite_session *session = part;
  struct ask_arena *arena = ask_arena_new();
  enum ask_store_status status = ask_sqlite_begin(session, false);
  for (size_t i = 0; status == ASK_STORE_OK && i < count; i++) {
    status = verify_row(session, &rows[i], arena);
    if (status != ASK_STORE_OK) *ret_bad = i;
    ask_arena_reset(arena);
  }
  ask_sqlite_rollback(session);
  ask_arena_free(arena);
  return status;
}
