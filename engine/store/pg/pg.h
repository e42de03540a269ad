/* What the files of the PostgreSQL backend share: the session with its connection, statements, values, results,
 * errors. Private to engine/store/pg.
 *
 * An operation is one file with its statement in it; ask_pg_run connects, prepares and runs it, and reads the answer
 * by the clock: nothing here waits for longer than the store's `wait`, whatever the network does. (One exception:
 * the resolver's search for a host's name is the C library's, with the limits of resolv.conf.)
 *
 * A connection is always in pipeline mode and non-blocking. */
#ifndef ASK_STORE_PG_H
#define ASK_STORE_PG_H

#include <stdatomic.h>

#include "store/backend.h"

struct pg_conn;
struct pg_result;
struct _PQconninfoOption;

enum {
  ASK_PG_PARAMETERS = 12,
  ASK_PG_STATEMENTS = 96, /* most different statements that one session may use */
  ASK_PG_TRIES = 6,       /* how often a transaction that lost a race is tried: once, and five times again */
};

struct ask_pg_store {
  struct _PQconninfoOption *url; /* what the url says, parsed */
  int64_t wait;                  /* microseconds: how long one operation may take */
  /* Monotonic microseconds until which connecting is not tried, because it failed a moment ago or because another
   * session is trying it now; 0: the last connection was made. */
  _Atomic int64_t away_until;
};

/* A statement of ours. Letters: u uuid, b bigint, i integer, y bytea, t text, ? boolean, U uuid[], T text[], Y
 * bytea[]. */
struct ask_pg_statement {
  const char *sql;
  const char *takes; /* types of its parameters */
  const char *gives; /* types of its columns; NULL: no rows */
};

struct ask_pg_session {
  struct ask_pg_store *store;
  char *message;              /* ASK_STORE_MESSAGE bytes, the session's owner's */
  struct pg_conn *connection; /* NULL: to be made at the next operation */
  const struct ask_pg_statement
      *prepared[ASK_PG_STATEMENTS]; /* on this connection; named by their place: s0, s1, ... */
  size_t prepared_count;
  int64_t deadline;    /* of this operation: monotonic microseconds */
  bool in_transaction; /* between ask_pg_begin and its end: a lost connection is not made again */
  bool twice;          /* the last statement was sent once more after a lost connection: it may have met itself */
  char state[6];       /* SQLSTATE of the last error; "" when it was no answer of the server's */
  uint64_t random;     /* for jitter */
};

/* ---- clock.c ---- */
int64_t ask_pg_now(void); /* monotonic microseconds */
/* Sleeps so long, with jitter (half to one and a half times), never past the session's deadline. */
void ask_pg_pause(struct ask_pg_session *session, int64_t microseconds);

/* ---- connection.c ---- */
/* An operation begins: its time is counted from now. */
void ask_pg_start(struct ask_pg_session *session);
/* This operation reads much: it may take as long as it takes. A connection that is gone is noticed all the same. */
void ask_pg_start_long(struct ask_pg_session *session);
/* Connected, or AWAY with a message. At once when there is a connection, or when connecting failed within the last
 * second (even so: tries now all the same). */
enum ask_store_status ask_pg_connect(struct ask_pg_session *session, bool even_so);
/* What poll says of a socket; 0: the deadline has come (or a minute went by). */
int ask_pg_wait(int socket, short events, int64_t deadline);
/* The connection closed. The next operation makes a new one. */
void ask_pg_disconnect(struct ask_pg_session *session);

/* ---- prepare.c ---- */
/* Connected, and all of these known to the server under their names. */
enum ask_store_status ask_pg_prepare(struct ask_pg_session *session, const struct ask_pg_statement *const *statements,
                                     size_t count);

/* ---- exchange.c: what goes to and fro on a connection ---- */
struct ask_pg_values {
  int count;
  const char *bytes[ASK_PG_PARAMETERS];
  int lengths[ASK_PG_PARAMETERS];
  unsigned char numbers[ASK_PG_PARAMETERS][8];
  bool too_long; /* one of them is longer than PostgreSQL takes */
};
/* The next parameter. Bytes are borrowed until it was sent. */
void ask_pg_uuid(struct ask_pg_values *values, const struct ask_uuid *uuid);
void ask_pg_bigint(struct ask_pg_values *values, int64_t value);
void ask_pg_integer(struct ask_pg_values *values, int32_t value);
void ask_pg_bytes(struct ask_pg_values *values, const void *bytes, size_t length);
void ask_pg_string(struct ask_pg_values *values, const char *text);
/* id and client key of an assessment: two parameters, in every statement that looks for one. */
void ask_pg_assessment(struct ask_pg_values *values, const struct ask_uuid *assessment);

/* Queues a prepared statement (values may be NULL), a command, or the sync that ends a pipeline. False: the
 * connection is lost, and closed. */
bool ask_pg_send(struct ask_pg_session *session, const struct ask_pg_statement *statement,
                 const struct ask_pg_values *values);
bool ask_pg_send_text(struct ask_pg_session *session, const char *command);
bool ask_pg_sync(struct ask_pg_session *session);
/* Queues the preparation of a statement under the name of its place. */
bool ask_pg_send_preparation(struct ask_pg_session *session, const struct ask_pg_statement *statement, size_t place);
/* Sends what is queued, reading meanwhile what comes, until nothing is left to be sent. False: lost, closed. */
bool ask_pg_flush(struct ask_pg_session *session);
/* The next result, also of a sync; to be cleared. NULL: the connection is lost or the time is up; it has been
 * closed. */
struct pg_result *ask_pg_next(struct ask_pg_session *session);
/* Reads on until after the sync. NULL: nothing was wrong, or the connection was lost (then it is closed). Otherwise
 * the first error; to be cleared. */
struct pg_result *ask_pg_drain(struct ask_pg_session *session);

/* Runs one statement on its own. OK: ret_result is to be given back with ask_pg_done (ret_result NULL: not wanted).
 * When the connection turns out to be lost, it is made again and the statement run once more: each of ours may be
 * run twice. */
enum ask_store_status ask_pg_run(struct ask_pg_session *session, const struct ask_pg_statement *statement,
                                 const struct ask_pg_values *values, struct pg_result **ret_result);
/* One command without parameters, on the connection that is there: for migrations and transactions. */
enum ask_store_status ask_pg_run_text(struct ask_pg_session *session, const char *command);
void ask_pg_done(struct pg_result *result); /* NULL is fine */
/* begin ... commit around operations of one session. Lost within: AWAY, and the transaction is over. */
enum ask_store_status ask_pg_begin(struct ask_pg_session *session, bool one_snapshot);
/* OK: on disk. */
enum ask_store_status ask_pg_end(struct ask_pg_session *session);
void ask_pg_rollback(struct ask_pg_session *session); /* keeps the message; fine at any time */

/* ---- result.c: columns of a result, whose types ask_pg_run has looked at ---- */
bool ask_pg_is_rows(const struct pg_result *result);
bool ask_pg_is_error(const struct pg_result *result); /* also: not run because of an earlier error */
/* How many rows a command inserted, updated or deleted. */
size_t ask_pg_changed(struct pg_result *result);
size_t ask_pg_rows(const struct pg_result *result);
bool ask_pg_is_null(const struct pg_result *result, size_t row, int column);
struct ask_uuid ask_pg_read_uuid(const struct pg_result *result, size_t row, int column);
bool ask_pg_read_boolean(const struct pg_result *result, size_t row, int column);
int64_t ask_pg_read_bigint(const struct pg_result *result, size_t row, int column);
int32_t ask_pg_read_integer(const struct pg_result *result, size_t row, int column);
/* Copies in the arena. */
struct ask_text ask_pg_read_bytes(const struct pg_result *result, size_t row, int column, struct ask_arena *arena);
const char *ask_pg_read_string(const struct pg_result *result, size_t row, int column, struct ask_arena *arena);
void ask_pg_read_hash(const struct pg_result *result, size_t row, int column, char ret[ASK_HASH_TEXT]);
/* False: the columns are not of these types. */
bool ask_pg_gives(const struct pg_result *result, const char *gives);
/* OID of a type's letter. */
unsigned int ask_pg_type(char letter);

/* ---- error.c ---- */
/* What an error result means; never OK. Writes message and session->state. Only the error's own words are used: its
 * detail may quote what somebody answered. */
enum ask_store_status ask_pg_failed(struct ask_pg_session *session, const struct pg_result *result);
/* Whether this error ended the connection. */
bool ask_pg_ends_connection(const struct pg_result *result);
/* A status of ours with a message, printf-like; returns the status. */
__attribute__((format(printf, 3, 4))) enum ask_store_status
ask_pg_say(struct ask_pg_session *session, enum ask_store_status status, const char *format, ...);
/* A lost race between transactions, which may be tried again. */
bool ask_pg_lost_race(const char *state);

/* ---- array.c ---- */
/* A one-dimensional array, as a parameter of type uuid[], text[] or bytea[] (letter u, t, y). Zero-initialise the
 * buffer. */
void ask_pg_array_start(struct ask_buffer *array, char letter, size_t count);
void ask_pg_array_add(struct ask_buffer *array, const void *bytes, size_t length);
/* The keys of a document as bytea[]: all, or those that are unique. */
void ask_pg_array_of_keys(struct ask_buffer *array, const struct ask_document_key *keys, size_t count,
                          bool unique_only);

/* ---- schema.c ---- */
int ask_pg_schema_version(void); /* what this program makes */
/* Looks at the schema that the url leads to, and makes or migrates it if `create`. False after adding a problem. */
bool ask_pg_schema_ready(struct ask_pg_session *session, bool create, struct ask_problems *problems);

/* ---- the operations, one file each, as in backend.h ---- */
void *ask_pg_open(const char *url, const struct ask_store_options *options, struct ask_problems *problems);
void ask_pg_close(void *store);
void *ask_pg_session_open(void *store, char *message);
void ask_pg_session_close(void *session);
enum ask_store_status ask_pg_ping(void *session);
enum ask_store_status ask_pg_try_write(void *session);
enum ask_store_status ask_pg_get(void *session, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                 int32_t number, struct ask_arena *arena, struct ask_revision *ret);
enum ask_store_status ask_pg_revisions(void *session, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                       int32_t after, int32_t limit, struct ask_arena *arena,
                                       struct ask_revision_line **ret, size_t *ret_count, int32_t *ret_latest);
enum ask_store_status ask_pg_repeated(void *session, const struct ask_uuid *partner, struct ask_text idempotency_key,
                                      const unsigned char fingerprint[32], struct ask_uuid *ret_assessment,
                                      int32_t *ret_number);
enum ask_store_status ask_pg_key_add(void *session, struct ask_partner_key *key, const struct ask_uuid *partner_if_new);
enum ask_store_status ask_pg_key_find(void *session, const char *hash, struct ask_arena *arena,
                                      struct ask_partner_key *ret);
enum ask_store_status ask_pg_keys(void *session, struct ask_arena *arena, struct ask_partner_key **ret,
                                  size_t *ret_count);
enum ask_store_status ask_pg_key_revoke(void *session, const struct ask_uuid *id, int64_t at);
enum ask_store_status ask_pg_rules_put(void *session, const char *hash, const struct ask_rule_file *files,
                                       size_t count);
enum ask_store_status ask_pg_rules_get(void *session, const char *hash, struct ask_arena *arena,
                                       struct ask_rule_file **ret, size_t *ret_count);
enum ask_store_status ask_pg_document_put(void *session, const struct ask_document *document,
                                          const struct ask_document_key *keys, size_t key_count);
enum ask_store_status ask_pg_document_get(void *session, const char *kind, const struct ask_uuid *id,
                                          struct ask_arena *arena, struct ask_document *ret);
enum ask_store_status ask_pg_document_find(void *session, const char *kind, const struct ask_document_key *keys,
                                           size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                           struct ask_document **ret, int32_t **ret_matches, size_t *ret_count);
enum ask_store_status ask_pg_document_remove(void *session, const char *kind, const struct ask_uuid *id,
                                             int32_t version);
void ask_pg_commit(void *session, struct ask_write *const *writes, size_t count);
enum ask_store_status ask_pg_walk(void *session, const char *cursor, size_t limit, struct ask_arena *arena,
                                  struct ask_store_row **ret, size_t *ret_count);
enum ask_store_status ask_pg_import(void *session, const struct ask_store_row *rows, size_t count, const char *source);
enum ask_store_status ask_pg_import_cursor(void *session, const char *source, struct ask_arena *arena,
                                           const char **ret);
enum ask_store_status ask_pg_verify(void *session, const struct ask_store_row *rows, size_t count, size_t *ret_bad);
enum ask_store_status ask_pg_count(void *session, struct ask_store_counts *ret);
enum ask_store_status ask_pg_check(void *session, void (*progress)(void *context, int64_t revisions), void *context,
                                   struct ask_problems *problems);
enum ask_store_status ask_pg_backup(void *session, const char *path,
                                    void (*progress)(void *context, int64_t done, int64_t total), void *context);

#endif
