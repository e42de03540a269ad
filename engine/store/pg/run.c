/* One statement on its own, and transactions around several. */
#include <libpq-fe.h>
#include <string.h>

#include "store/pg/pg.h"

/* Sends it and reads its result. Not OK and no connection: it was lost. */
static enum ask_store_status once(struct ask_pg_session *session, const struct ask_pg_statement *statement,
                                  const struct ask_pg_values *values, struct pg_result **ret_result) {
  enum ask_store_status status = ask_pg_prepare(session, &statement, 1);
  if (status != ASK_STORE_OK) return status;
  if (!ask_pg_send(session, statement, values) || !ask_pg_sync(session)) return ASK_STORE_AWAY;
  struct pg_result *result = ask_pg_next(session);
  if (!result) return ASK_STORE_AWAY;
  ask_pg_done(ask_pg_drain(session)); /* if it is lost only now, the answer is still one */
  if (ask_pg_is_error(result)) {
    status = ask_pg_failed(session, result);
    /* A name or a plan that the server no longer has is had again on a new connection. */
    bool stale = strcmp(session->state, "26000") == 0 || strcmp(session->state, "0A000") == 0;
    if (stale && !session->in_transaction && session->connection) ask_pg_disconnect(session);
  } else if (!ask_pg_gives(result, statement->gives)) {
    status = ask_pg_say(session, ASK_STORE_BROKEN, "the tables are not as askonce makes them");
  }
  if (status == ASK_STORE_OK)
    *ret_result = result;
  else
    PQclear(result);
  return status;
}

enum ask_store_status ask_pg_run(struct ask_pg_session *session, const struct ask_pg_statement *statement,
                                 const struct ask_pg_values *values, struct pg_result **ret_result) {
  if (values && values->too_long) {
    return ask_pg_say(session, ASK_STORE_BROKEN, "a text is longer than a store takes");
  }
  session->twice = false;
  for (int tries = 1;; tries++) {
    bool was_connected = session->connection != NULL;
    if (!was_connected && session->in_transaction) {
      return ask_pg_say(session, ASK_STORE_AWAY, "the connection was lost within a transaction");
    }
    enum ask_store_status status = ask_pg_connect(session, tries > 1);
    struct pg_result *result = NULL;
    if (status == ASK_STORE_OK) status = once(session, statement, values, &result);
    if (status == ASK_STORE_OK) {
      session->message[0] = '\0';
      if (ret_result)
        *ret_result = result;
      else
        PQclear(result);
      return ASK_STORE_OK;
    }
    bool race = ask_pg_lost_race(session->state) && !session->in_transaction && tries < ASK_PG_TRIES;
    bool again = session->connection ? race : was_connected && tries == 1 && !session->in_transaction;
    if (!again || ask_pg_now() >= session->deadline) return status;
    session->message[0] = '\0';
    if (!race) session->twice = true;
    if (race) ask_pg_pause(session, 5000 * tries);
  }
}

enum ask_store_status ask_pg_run_text(struct ask_pg_session *session, const char *command) {
  if (!session->connection) return ask_pg_say(session, ASK_STORE_AWAY, "the connection was lost");
  if (!ask_pg_send_text(session, command) || !ask_pg_sync(session)) return ASK_STORE_AWAY;
  struct pg_result *error = ask_pg_drain(session);
  if (!session->connection) return ASK_STORE_AWAY;
  if (!error) return ASK_STORE_OK;
  enum ask_store_status status = ask_pg_failed(session, error);
  ask_pg_done(error);
  return status;
}

enum ask_store_status ask_pg_begin(struct ask_pg_session *session, bool one_snapshot) {
  static const struct ask_pg_statement write = {.sql = "begin isolation level read committed, read write", .takes = ""};
  static const struct ask_pg_statement read = {.sql = "begin isolation level repeatable read, read only", .takes = ""};
  enum ask_store_status status = ask_pg_run(session, one_snapshot ? &read : &write, NULL, NULL);
  if (status != ASK_STORE_OK) return status;
  session->in_transaction = true;
  /* Whoever reads all rows of one moment does something with each, and takes long. */
  if (one_snapshot) {
    status = ask_pg_run_text(session, "set local statement_timeout = 0");
    if (status == ASK_STORE_OK) status = ask_pg_run_text(session, "set local idle_in_transaction_session_timeout = 0");
  }
  if (status != ASK_STORE_OK) ask_pg_rollback(session);
  return status;
}

enum ask_store_status ask_pg_end(struct ask_pg_session *session) {
  enum ask_store_status status = ask_pg_run_text(session, "commit");
  session->in_transaction = false;
  if (status != ASK_STORE_OK && session->connection) ask_pg_disconnect(session);
  return status;
}

void ask_pg_rollback(struct ask_pg_session *session) {
  session->in_transaction = false;
  if (!session->connection || PQtransactionStatus(session->connection) == PQTRANS_IDLE) return;
  char message[ASK_STORE_MESSAGE];
  memcpy(message, session->message, sizeof message);
  if (ask_pg_run_text(session, "rollback") != ASK_STORE_OK && session->connection) ask_pg_disconnect(session);
  memcpy(session->message, message, sizeof message);
}
