/* Statements are prepared on each connection when first needed; a new connection knows none. Their names are their
 * places in the session's list. */
#include <libpq-fe.h>

#include "store/pg/pg.h"

static bool is_prepared(const struct ask_pg_session *session, const struct ask_pg_statement *statement) {
  for (size_t i = 0; i < session->prepared_count; i++)
    if (session->prepared[i] == statement) return true;
  return false;
}

enum ask_store_status ask_pg_prepare(struct ask_pg_session *session, const struct ask_pg_statement *const *statements,
                                     size_t count) {
  size_t place = session->prepared_count;
  for (size_t i = 0; i < count; i++) {
    if (is_prepared(session, statements[i])) continue;
    if (place == ASK_PG_STATEMENTS) return ask_pg_say(session, ASK_STORE_BROKEN, "too many statements for a session");
    if (!ask_pg_send_preparation(session, statements[i], place)) return ASK_STORE_AWAY;
    session->prepared[place++] = statements[i];
  }
  if (place == session->prepared_count) return ASK_STORE_OK;
  if (!ask_pg_sync(session)) return ASK_STORE_AWAY;
  struct pg_result *error = ask_pg_drain(session);
  if (!session->connection) return ASK_STORE_AWAY;
  if (!error) {
    session->prepared_count = place;
    return ASK_STORE_OK;
  }
  /* Some may have been prepared and some not: they are asked for under new names, or on a new connection. */
  enum ask_store_status status = ask_pg_failed(session, error);
  ask_pg_done(error);
  if (!session->in_transaction) ask_pg_disconnect(session);
  return status;
}
