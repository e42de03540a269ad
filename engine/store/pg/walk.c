/* Every row of one table after another, by primary key, from a cursor on. */
#include "store/pg/tables.h"

enum ask_store_status ask_pg_walk(void *part, const char *text, size_t limit, struct ask_arena *arena,
                                  struct ask_store_row **ret, size_t *ret_count) {
  struct ask_pg_session *session = part;
  struct ask_cursor cursor;
  if (!ask_cursor_read(text, &cursor)) return ask_pg_say(session, ASK_STORE_BROKEN, "this is not a cursor of a walk");
  struct ask_store_row *rows = ask_alloc_array(arena, limit, sizeof *rows);
  size_t count = 0;
  unsigned table = cursor.table == ASK_TABLE_NONE ? ASK_TABLE_PARTNER : cursor.table;
  ask_pg_start_long(session);
  for (; table <= ASK_TABLE_LAST && count < limit; table++) {
    struct ask_pg_values values;
    struct pg_result *result = NULL;
    struct ask_any_row *some = NULL;
    size_t some_count = 0;
    ask_pg_values_after((enum ask_table)table, &cursor, limit - count, &values);
    enum ask_store_status status = ask_pg_run(session, &ask_pg_table((enum ask_table)table)->after, &values, &result);
    if (status != ASK_STORE_OK) return status;
    ask_pg_read_rows((enum ask_table)table, result, arena, &some, &some_count);
    ask_pg_done(result);
    for (size_t i = 0; i < some_count; i++) ask_row_write(arena, &some[i], &rows[count++]);
  }
  *ret = rows;
  *ret_count = count;
  return ASK_STORE_OK;
}
