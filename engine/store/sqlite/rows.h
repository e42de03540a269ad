/* Rows of the SQLite backend as store/row.h has them: one by its key, or those after a cursor. For walking,
 * importing and verifying; the hot path reads its own columns. */
#ifndef ASK_STORE_SQLITE_ROWS_H
#define ASK_STORE_SQLITE_ROWS_H

#include "store/row.h"
#include "store/sqlite/sqlite.h"

/* Where rows that are read go. False: enough. The row's texts are in the arena. */
typedef bool ask_sqlite_row_taker(void *context, const struct ask_any_row *row);

/* The rows of `table` after the cursor (which may be of an earlier table: from the first one), in order, until there is
 * none any more or the taker has enough. BROKEN: a row that is damaged, named in the message. */
enum ask_store_status ask_sqlite_rows_after(struct ask_sqlite_session *session, enum ask_table table,
                                            const struct ask_cursor *after, struct ask_arena *arena,
                                            ask_sqlite_row_taker *take, void *context);
/* The row with the same key as `like`. NOT_FOUND: there is none. */
enum ask_store_status ask_sqlite_row_like(struct ask_sqlite_session *session, const struct ask_any_row *like,
                                          struct ask_arena *arena, struct ask_any_row *ret);

#endif
