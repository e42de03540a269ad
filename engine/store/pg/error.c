/* Errors of the server: what they mean for a store, and what of them may be shown. */
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/pg/pg.h"

/* SQLSTATE, or the beginning of it; the first that fits. https://www.postgresql.org/docs/15/errcodes-appendix.html */
static const struct {
  const char *state;
  enum ask_store_status status;
} meanings[] = {
    {"53100", ASK_STORE_FULL}, /* disk full */
    {"53", ASK_STORE_AWAY},    /* memory, connections */
    {"57", ASK_STORE_AWAY},    /* timeout, shut down, starting up */
    {"08", ASK_STORE_AWAY},    /* connection */
    {"28", ASK_STORE_AWAY},    /* password, role */
    {"40", ASK_STORE_AWAY},    /* deadlock, serialization: more often than we try */
    {"55P03", ASK_STORE_AWAY}, /* a lock was not to be had in time */
    {"55006", ASK_STORE_AWAY}, /* in use */
    {"25", ASK_STORE_AWAY},    /* read-only: a standby */
    {"58", ASK_STORE_AWAY},    /* input/output error */
    {"42501", ASK_STORE_AWAY}, /* no privilege, until the administrator gives it */
    {"3D000", ASK_STORE_AWAY}, /* no such database */
    {"26000", ASK_STORE_AWAY}, /* a prepared statement is gone: somebody pools connections below us */
    {"0A000", ASK_STORE_AWAY}, /* its plan no longer fits: a migration went by */
};

bool ask_pg_lost_race(const char *state) { return strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0; }

enum ask_store_status ask_pg_say(struct ask_pg_session *session, enum ask_store_status status, const char *format,
                                 ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(session->message, ASK_STORE_MESSAGE, format, args);
  va_end(args);
  /* One line, whatever libpq put into it. */
  size_t length = strlen(session->message);
  while (length && session->message[length - 1] == '\n') session->message[--length] = '\0';
  for (char *c = session->message; *c; c++)
    if (*c == '\n' || *c == '\t') *c = ' ';
  return status;
}

bool ask_pg_ends_connection(const struct pg_result *result) {
  const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
}

enum ask_store_status ask_pg_failed(struct ask_pg_session *session, const struct pg_result *result) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  snprintf(session->state, sizeof session->state, "%s", state ? state : "");
  if (!state) return ask_pg_say(session, ASK_STORE_AWAY, "the connection to PostgreSQL was lost");
  enum ask_store_status status = ASK_STORE_BROKEN;
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0) {
      status = meanings[i].status;
      break;
    }
  }
  return ask_pg_say(session, status, "PostgreSQL says: %s (%s)", words ? words : "nothing", state);
}
