/* What goes to and fro on a connection: parameters, statements, syncs, results. A connection on which anything fails
 * but a statement is closed here, so that whoever calls has two cases only: an answer, or no connection. */
#include <libpq-fe.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "store/pg/pg.h"

/* PostgreSQL takes no more than 1 GB in one value; what we keep is far smaller. */
enum { LONGEST = 256 * 1024 * 1024 };

static void put(struct ask_pg_values *values, const char *bytes, size_t length) {
  if (length > LONGEST) {
    values->too_long = true;
    length = 0;
  }
  values->bytes[values->count] = bytes;
  values->lengths[values->count++] = (int)length;
}

void ask_pg_bytes(struct ask_pg_values *values, const void *bytes, size_t length) {
  put(values, bytes ? bytes : "", length); /* a null pointer would be a null value */
}

void ask_pg_uuid(struct ask_pg_values *values, const struct ask_uuid *uuid) {
  put(values, (const char *)uuid->bytes, sizeof uuid->bytes);
}

static void put_number(struct ask_pg_values *values, uint64_t value, size_t width) {
  unsigned char *bytes = values->numbers[values->count];
  for (size_t i = 0; i < width; i++) bytes[i] = (unsigned char)(value >> 8 * (width - 1 - i));
  put(values, (const char *)bytes, width);
}

void ask_pg_bigint(struct ask_pg_values *values, int64_t value) { put_number(values, (uint64_t)value, 8); }
void ask_pg_integer(struct ask_pg_values *values, int32_t value) { put_number(values, (uint32_t)value, 4); }
void ask_pg_string(struct ask_pg_values *values, const char *text) { put(values, text, strlen(text)); }

void ask_pg_assessment(struct ask_pg_values *values, const struct ask_uuid *assessment) {
  ask_pg_uuid(values, assessment);
  ask_pg_bigint(values, ask_uuid_client_key(assessment));
}

/* ---- sending ---- */

/* Closes it, with libpq's words unless there are better ones already. */
static bool lost(struct ask_pg_session *session) {
  if (!session->message[0]) {
    const char *words = PQerrorMessage(session->connection);
    ask_pg_say(session, ASK_STORE_AWAY, "the connection was lost: %s", *words ? words : "no reason is known");
  }
  ask_pg_disconnect(session);
  return false;
}

bool ask_pg_send(struct ask_pg_session *session, const struct ask_pg_statement *statement,
                 const struct ask_pg_values *values) {
  static const int binary[ASK_PG_PARAMETERS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  char name[24] = "";
  for (size_t i = 0; i < session->prepared_count; i++)
    if (session->prepared[i] == statement) snprintf(name, sizeof name, "s%zu", i);
  int sent = PQsendQueryPrepared(session->connection, name, values ? values->count : 0, values ? values->bytes : NULL,
                                 values ? values->lengths : NULL, binary, 1);
  return sent || lost(session);
}

bool ask_pg_send_preparation(struct ask_pg_session *session, const struct ask_pg_statement *statement, size_t place) {
  char name[24];
  Oid types[ASK_PG_PARAMETERS];
  int count = (int)strlen(statement->takes);
  for (int i = 0; i < count; i++) types[i] = ask_pg_type(statement->takes[i]);
  snprintf(name, sizeof name, "s%zu", place);
  return PQsendPrepare(session->connection, name, statement->sql, count, types) || lost(session);
}

bool ask_pg_send_text(struct ask_pg_session *session, const char *command) {
  return PQsendQueryParams(session->connection, command, 0, NULL, NULL, NULL, NULL, 1) || lost(session);
}

bool ask_pg_sync(struct ask_pg_session *session) { return PQpipelineSync(session->connection) || lost(session); }

/* Waits until there is something to read (or room to write) and reads it. False: lost or too late. */
static bool turn(struct ask_pg_session *session, bool to_write) {
  int ready = ask_pg_wait(PQsocket(session->connection), to_write ? POLLIN | POLLOUT : POLLIN, session->deadline);
  if (!ready && ask_pg_now() >= session->deadline) {
    ask_pg_say(session, ASK_STORE_AWAY, "PostgreSQL did not answer in time");
    return lost(session);
  }
  if (ready & ~POLLOUT && !PQconsumeInput(session->connection)) return lost(session);
  return true;
}

bool ask_pg_flush(struct ask_pg_session *session) {
  for (;;) {
    int left = PQflush(session->connection);
    if (left < 0) return lost(session);
    if (left == 0) return true;
    if (!turn(session, true)) return false;
  }
}

/* ---- reading ---- */

struct pg_result *ask_pg_next(struct ask_pg_session *session) {
  for (int nothing = 0;;) {
    while (PQisBusy(session->connection)) {
      int left = PQflush(session->connection);
      /* What the server said before it went is still to be read. */
      if (left < 0 && !PQconsumeInput(session->connection)) return lost(session), NULL;
      if (PQisBusy(session->connection) && !turn(session, left == 1)) return NULL;
    }
    struct pg_result *result = PQgetResult(session->connection);
    /* Each statement's results end with a null one. */
    if (!result && nothing++) return lost(session), NULL;
    if (!result) continue;
    if (PQresultStatus(result) == PGRES_FATAL_ERROR &&
        (PQstatus(session->connection) == CONNECTION_BAD || ask_pg_ends_connection(result))) {
      ask_pg_failed(session, result);
      PQclear(result);
      return lost(session), NULL;
    }
    return result;
  }
}

struct pg_result *ask_pg_drain(struct ask_pg_session *session) {
  struct pg_result *error = NULL, *result;
  while ((result = ask_pg_next(session))) {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_FATAL_ERROR && !error) {
      error = result;
      continue;
    }
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) return error;
  }
  PQclear(error);
  return NULL;
}

void ask_pg_done(struct pg_result *result) { PQclear(result); }
