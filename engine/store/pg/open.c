/* Opening a store (its url read, the server and its tables looked at) and its sessions. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg/pg.h"

enum { SECOND = 1000000, BUSY_SECONDS = 5, BUSY_SECONDS_MOST = 3600 };

/* What libpq has against a url may quote it, with the password in it; that of an unknown parameter does not. */
static void refuse_url(const char *words, struct ask_problems *problems) {
  bool parameter = words && strncmp(words, "invalid URI query parameter", 27) == 0;
  ask_problem_add(
      problems, ASK_ERROR, "bad-url", ASK_NOWHERE, NULL,
      "write postgresql://USER@HOST:PORT/DATABASE; letters such as @ : / in a name or password as %%40 %%3A %%2F",
      "the url of the store cannot be read%s%.*s", parameter ? ": " : "", parameter ? (int)strcspn(words, "\n") : 0,
      parameter ? words : "");
}

/* An @ that was not encoded makes the rest of a password part of the host's name, which is shown. */
static bool has_loose_password(const PQconninfoOption *option) {
  for (; option->keyword; option++)
    if (strcmp(option->keyword, "host") == 0 && option->val && strchr(option->val, '@'))
      return strchr("/@", *option->val) == NULL; /* the name of a socket may have it */
  return false;
}

/* Settings of the server under which "on disk" would not be true: nothing that a session could change. */
static void warn_of_settings(struct ask_pg_session *session, struct ask_problems *problems) {
  static const struct ask_pg_statement unsafe = {
      .sql = "select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off'",
      .takes = "",
      .gives = "t"};
  struct pg_result *result = NULL;
  if (ask_pg_run(session, &unsafe, NULL, &result) != ASK_STORE_OK) return;
  for (size_t i = 0; i < ask_pg_rows(result); i++) {
    ask_problem_add(problems, ASK_WARNING, "not-durable", ASK_NOWHERE, NULL,
                    "set it to on in postgresql.conf: without it a power cut loses or damages what was answered for",
                    "PostgreSQL runs with %s = off", ask_pg_read_string(result, i, 0, problems->arena));
  }
  ask_pg_done(result);
}

static bool look_at(struct ask_pg_session *session, bool create, struct ask_problems *problems) {
  if (ask_pg_connect(session, true) != ASK_STORE_OK) {
    ask_problem_add(problems, ASK_ERROR, "store-away", ASK_NOWHERE, NULL,
                    "is PostgreSQL running there, and may this user connect to this database?",
                    "the store cannot be reached: %s", session->message);
    return false;
  }
  const char *encoding = PQparameterStatus(session->connection, "server_encoding");
  if (!encoding || strcmp(encoding, "UTF8") != 0) {
    ask_problem_add(problems, ASK_ERROR, "wrong-encoding", ASK_NOWHERE, NULL,
                    "make a database with: createdb --encoding UTF8 --template template0 NAME",
                    "the database is in %s, a store needs UTF8", encoding ? encoding : "an unknown encoding");
    return false;
  }
  if (!ask_pg_schema_ready(session, create, problems)) return false;
  warn_of_settings(session, problems);
  return true;
}

void *ask_pg_open(const char *url, const struct ask_store_options *options, struct ask_problems *problems) {
  struct ask_pg_store *store = calloc(1, sizeof *store);
  if (!store) abort();
  int seconds = options->busy_seconds > 0 ? options->busy_seconds : BUSY_SECONDS;
  store->wait = (int64_t)(seconds < BUSY_SECONDS_MOST ? seconds : BUSY_SECONDS_MOST) * SECOND;
  char *words = NULL;
  store->url = PQconninfoParse(url, &words);
  bool good = store->url != NULL && !has_loose_password(store->url);
  if (!good) refuse_url(words, problems);
  PQfreemem(words);
  if (good) {
    char message[ASK_STORE_MESSAGE] = "";
    struct ask_pg_session *session = ask_pg_session_open(store, message);
    ask_pg_start(session);
    good = look_at(session, options->create, problems);
    ask_pg_session_close(session);
  }
  if (good) return store;
  ask_pg_close(store);
  return NULL;
}

void ask_pg_close(void *part) {
  struct ask_pg_store *store = part;
  PQconninfoFree(store->url);
  free(store);
}

void *ask_pg_session_open(void *store, char *message) {
  struct ask_pg_session *session = calloc(1, sizeof *session);
  if (!session) abort();
  session->store = store;
  session->message = message;
  return session;
}

void ask_pg_session_close(void *part) {
  struct ask_pg_session *session = part;
  ask_pg_disconnect(session);
  free(session);
}
