/* Whether given rows are there, byte for byte. */
#include <string.h>

#include "store/pg/tables.h"

/* Asks for all in one round trip; an answer is compared as soon as it is there. */
static enum ask_store_status compare(struct ask_pg_session *session, const struct ask_store_row *rows,
                                     const struct ask_any_row *keys, size_t count, struct ask_arena *arena,
                                     size_t *ret_bad) {
  enum ask_store_status found = ASK_STORE_OK;
  for (size_t i = 0; i < count; i++) {
    struct ask_pg_values values;
    ask_pg_values_one(&keys[i], &values);
    if (!ask_pg_send(session, &ask_pg_table(keys[i].table)->one, &values)) return ASK_STORE_AWAY;
  }
  if (!ask_pg_sync(session)) return ASK_STORE_AWAY;
  for (size_t i = 0; i < count; i++) {
    struct pg_result *result = ask_pg_next(session);
    if (!result) return ASK_STORE_AWAY;
    if (!ask_pg_is_rows(result)) {
      enum ask_store_status status = ask_pg_failed(session, result);
      ask_pg_done(result);
      ask_pg_done(ask_pg_drain(session));
      return status;
    }
    struct ask_any_row *there = NULL;
    size_t some = 0;
    ask_pg_read_rows(keys[i].table, result, arena, &there, &some);
    ask_pg_done(result);
    if (found != ASK_STORE_OK) continue;
    struct ask_store_row row = {0};
    if (some) ask_row_write(arena, &there[0], &row);
    if (!some)
      found = ASK_STORE_NOT_FOUND;
    else if (row.bytes.length != rows[i].bytes.length ||
             memcmp(row.bytes.bytes, rows[i].bytes.bytes, row.bytes.length) != 0)
      found = ASK_STORE_CONFLICT;
    if (found != ASK_STORE_OK) {
      *ret_bad = i;
      ask_pg_say(session, found, "%s %s", ask_row_words(arena, &keys[i]), some ? "is another there" : "is not there");
    }
  }
  ask_pg_done(ask_pg_drain(session));
  return session->connection ? found : ASK_STORE_AWAY;
}

enum ask_store_status ask_pg_compare(struct ask_pg_session *session, const struct ask_store_row *rows,
                                     const struct ask_any_row *keys, size_t count, size_t *ret_bad) {
  const struct ask_pg_statement *statements[ASK_TABLE_LAST];
  for (int table = ASK_TABLE_PARTNER; table <= ASK_TABLE_LAST; table++)
    statements[table - 1] = &ask_pg_table((enum ask_table)table)->one;
  enum ask_store_status status = ask_pg_connect(session, false);
  if (status == ASK_STORE_OK) status = ask_pg_prepare(session, statements, ASK_TABLE_LAST);
  if (status != ASK_STORE_OK) return status;
  struct ask_arena *arena = ask_arena_new();
  status = compare(session, rows, keys, count, arena, ret_bad);
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_pg_verify(void *part, const struct ask_store_row *rows, size_t count, size_t *ret_bad) {
  struct ask_pg_session *session = part;
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row *keys = ask_alloc_array(arena, count, sizeof *keys);
  enum ask_store_status status = ASK_STORE_OK;
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++) {
    if (ask_row_read(&rows[i], arena, &keys[i])) continue;
    *ret_bad = i;
    status = ask_pg_say(session, ASK_STORE_BROKEN, "row %zu is not a row of a store", i + 1);
  }
  ask_pg_start_long(session);
  if (status == ASK_STORE_OK) status = ask_pg_compare(session, rows, keys, count, ret_bad);
  ask_arena_free(arena);
  return status;
}
