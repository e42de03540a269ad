/* Walking: every row of one table after another, some at a time. */
#include "store/sqlite/rows.h"

enum { BYTES_AT_ONCE = 8 * 1024 * 1024, ROWS_AT_MOST = 10000 };

struct walk {
  struct ask_arena *arena;
  struct ask_store_row *rows;
  size_t count, limit, bytes;
};

static bool is_full(const struct walk *walk) { return walk->count == walk->limit || walk->bytes >= BYTES_AT_ONCE; }

static bool take(void *context, const struct ask_any_row *row) {
  struct walk *walk = context;
  struct ask_store_row *room = &walk->rows[walk->count++];
  ask_row_write(walk->arena, row, room);
  walk->bytes += room->bytes.length;
  return !is_full(walk);
}

enum ask_store_status ask_sqlite_walk(void *part, const char *cursor, size_t limit, struct ask_arena *arena,
                                      struct ask_store_row **ret, size_t *ret_count) {
  struct ask_sqlite_session *session = part;
  struct ask_cursor after;
  if (!ask_cursor_read(cursor, &after))
    return ask_sqlite_say(session, ASK_STORE_BROKEN, "this cursor is of no version that is known");
  struct walk walk = {.arena = arena, .limit = limit < 1 ? 1 : limit < ROWS_AT_MOST ? limit : ROWS_AT_MOST};
  walk.rows = ask_alloc_array(arena, walk.limit, sizeof *walk.rows);
  int table = after.table == ASK_TABLE_NONE ? ASK_TABLE_PARTNER : (int)after.table;
  enum ask_store_status status = ask_sqlite_begin(session, false);
  for (; status == ASK_STORE_OK && table <= ASK_TABLE_LAST && !is_full(&walk); table++)
    status = ask_sqlite_rows_after(session, (enum ask_table)table, &after, arena, take, &walk);
  ask_sqlite_rollback(session);
  /* What was read before the row that is damaged is given first; the next walk begins with the damage. */
  if (status == ASK_STORE_BROKEN && walk.count) {
    session->message[0] = '\0';
    status = ASK_STORE_OK;
  }
  if (status != ASK_STORE_OK) return status;
  *ret = walk.rows;
  *ret_count = walk.count;
  return ASK_STORE_OK;
}
