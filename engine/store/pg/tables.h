/* The tables as walks, imports and verifications see them: for each its statements, its parameters and its columns.
 * Private to engine/store/pg. */
#ifndef ASK_STORE_PG_TABLES_H
#define ASK_STORE_PG_TABLES_H

#include "store/pg/pg.h"
#include "store/row.h"

struct ask_pg_table {
  struct ask_pg_statement after; /* rows after a key, in its order, so many */
  struct ask_pg_statement one;   /* the row of a key; the same columns */
  /* unless its key is there; how many were inserted, or given as rows, is in the command's tag */
  struct ask_pg_statement insert;
};
/* table: not ASK_TABLE_NONE. */
const struct ask_pg_table *ask_pg_table(enum ask_table table);

/* Parameters of `after`: after the cursor's key if it is of this table, else from the beginning. */
void ask_pg_values_after(enum ask_table table, const struct ask_cursor *cursor, size_t limit,
                         struct ask_pg_values *ret);
/* Parameters of `one` and of `insert`. What has to be built is built in the arena. */
void ask_pg_values_one(const struct ask_any_row *row, struct ask_pg_values *ret);
void ask_pg_values_insert(const struct ask_any_row *row, struct ask_arena *arena, struct ask_pg_values *ret);
/* Rows of the results of `after` and `one`. */
void ask_pg_read_rows(enum ask_table table, const struct pg_result *result, struct ask_arena *arena,
                      struct ask_any_row **ret, size_t *ret_count);
/* verify.c: as ask_store_verify; `keys` are the rows, read. */
enum ask_store_status ask_pg_compare(struct ask_pg_session *session, const struct ask_store_row *rows,
                                     const struct ask_any_row *keys, size_t count, size_t *ret_bad);

#endif
