/* Rows of another store put in, along with the note how far the move has come. */
#include <string.h>

#include "store/pg/tables.h"

/* All in one round trip. ret_passed: which were not inserted, because their key (or name, or hash) is there. */
static enum ask_store_status insert(struct ask_pg_session *session, const struct ask_any_row *rows, size_t count,
                                    struct ask_arena *arena, bool *ret_passed) {
  enum ask_store_status status = ASK_STORE_OK;
  for (size_t i = 0; i < count; i++) {
    struct ask_pg_values values;
    ask_pg_values_insert(&rows[i], arena, &values);
    if (values.too_long) return ask_pg_say(session, ASK_STORE_BROKEN, "a text is longer than a store takes");
    if (!ask_pg_send(session, &ask_pg_table(rows[i].table)->insert, &values) || !ask_pg_flush(session))
      return ASK_STORE_AWAY;
  }
  if (!ask_pg_sync(session)) return ASK_STORE_AWAY;
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++) {
    struct pg_result *result = ask_pg_next(session);
    if (!result) return ASK_STORE_AWAY;
    if (ask_pg_is_error(result)) status = ask_pg_failed(session, result);
    if (status != ASK_STORE_OK && strcmp(session->state, "23503") == 0) /* a foreign key */
      status = ask_pg_say(session, ASK_STORE_CONFLICT, "%s belongs to what is not there, or is there under another id",
                          ask_row_words(arena, &rows[i]));
    if (status != ASK_STORE_OK && strcmp(session->state, "23505") == 0) /* an index of unique keys */
      status = ask_pg_say(session, ASK_STORE_CONFLICT, "%s has a unique key that another has there",
                          ask_row_words(arena, &rows[i]));
    ret_passed[i] = ask_pg_changed(result) == 0;
    ask_pg_done(result);
  }
  ask_pg_done(ask_pg_drain(session));
  return session->connection ? status : ASK_STORE_AWAY;
}

static enum ask_store_status note_cursor(struct ask_pg_session *session, const char *source, const char *cursor) {
  static const struct ask_pg_statement note = {.sql = "insert into import_cursor (source, cursor) values ($1, $2) "
                                                      "on conflict (source) do update set cursor = excluded.cursor",
                                               .takes = "tt"};
  struct ask_pg_values values = {0};
  ask_pg_string(&values, source);
  ask_pg_string(&values, cursor);
  return ask_pg_run(session, &note, &values, NULL);
}

/* Within the transaction. */
static enum ask_store_status put_rows(struct ask_pg_session *session, const struct ask_store_row *rows,
                                      const struct ask_any_row *read, size_t count, const char *source,
                                      struct ask_arena *arena) {
  const struct ask_pg_statement *statements[ASK_TABLE_LAST];
  bool *passed = ask_alloc_array(arena, count, sizeof *passed);
  for (int table = ASK_TABLE_PARTNER; table <= ASK_TABLE_LAST; table++)
    statements[table - 1] = &ask_pg_table((enum ask_table)table)->insert;
  enum ask_store_status status = ask_pg_prepare(session, statements, ASK_TABLE_LAST);
  if (status == ASK_STORE_OK) status = insert(session, read, count, arena, passed);
  /* What was there already has to be the same. */
  struct ask_store_row *same = ask_alloc_array(arena, count, sizeof *same);
  struct ask_any_row *keys = ask_alloc_array(arena, count, sizeof *keys);
  size_t there = 0, bad = 0;
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++) {
    if (!passed[i]) continue;
    same[there] = rows[i];
    keys[there++] = read[i];
  }
  if (status == ASK_STORE_OK && there) status = ask_pg_compare(session, same, keys, there, &bad);
  /* Not inserted and not there: something else of it, a name or a hash, is another row's. */
  if (status == ASK_STORE_NOT_FOUND)
    status = ask_pg_say(session, ASK_STORE_CONFLICT, "%s shares its name or hash with another",
                        ask_row_words(arena, &keys[bad]));
  if (status == ASK_STORE_OK && count) status = note_cursor(session, source, rows[count - 1].cursor);
  return status;
}

enum ask_store_status ask_pg_import(void *part, const struct ask_store_row *rows, size_t count, const char *source) {
  struct ask_pg_session *session = part;
  struct ask_arena *arena = ask_arena_new();
  struct ask_any_row *read = ask_alloc_array(arena, count, sizeof *read);
  enum ask_store_status status = ASK_STORE_OK;
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++)
    if (!ask_row_read(&rows[i], arena, &read[i]))
      status = ask_pg_say(session, ASK_STORE_BROKEN, "row %zu is not a row of a store", i + 1);
  ask_pg_start_long(session);
  if (status == ASK_STORE_OK) status = ask_pg_begin(session, false);
  if (status == ASK_STORE_OK) {
    status = put_rows(session, rows, read, count, source, arena);
    if (status == ASK_STORE_OK) status = ask_pg_end(session);
  }
  ask_pg_rollback(session);
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_pg_import_cursor(void *part, const char *source, struct ask_arena *arena, const char **ret) {
  static const struct ask_pg_statement find = {
      .sql = "select cursor from import_cursor where source = $1", .takes = "t", .gives = "t"};
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, source);
  enum ask_store_status status = ask_pg_run(session, &find, &values, &result);
  if (status != ASK_STORE_OK) return status;
  *ret = ask_pg_rows(result) ? ask_pg_read_string(result, 0, 0, arena) : "";
  ask_pg_done(result);
  return ASK_STORE_OK;
}
