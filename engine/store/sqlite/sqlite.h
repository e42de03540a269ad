/* What the files of the SQLite backend share: the session with its connection, prepared statements, error mapping,
 * packed columns. Private to engine/store/sqlite.
 *
 * An operation is one file: it asks for its statement by its own static SQL text, binds, steps, reads, and gives the
 * statement back with ask_sqlite_done on every way out (an open statement keeps an old snapshot alive). */
#ifndef ASK_STORE_SQLITE_H
#define ASK_STORE_SQLITE_H

#include "store/backend.h"

struct sqlite3;
struct sqlite3_stmt;

enum {
  ASK_SQLITE_APPLICATION = 0x41736b31,    /* "Ask1", in the header of every file of ours */
  ASK_SQLITE_STATEMENTS = 96,             /* most different SQL texts that one session may use */
  ASK_SQLITE_UNPACKED = 64 * 1024 * 1024, /* longest text that is kept */
};

struct ask_sqlite_store {
  char *path;             /* absolute */
  int busy_milliseconds;  /* how long an operation may wait for another process's write */
  struct sqlite3 *keeper; /* idle; as long as it is open, no other closing one checkpoints or removes the log */
};

struct ask_sqlite_statement {
  const char *sql; /* the address is the key */
  struct sqlite3_stmt *prepared;
};

struct ask_sqlite_session {
  const struct ask_sqlite_store *store;
  char *message;                /* ASK_STORE_MESSAGE bytes, the session's owner's */
  struct sqlite3 *connection;   /* NULL: to be opened at the next operation */
  bool failing;                 /* an error of the file itself was seen: opened anew before the next operation */
  bool in_transaction;          /* begun by us, and neither committed nor rolled back by us */
  enum ask_store_status status; /* of the last failure */
  struct ask_sqlite_statement statements[ASK_SQLITE_STATEMENTS];
  size_t statement_count;
  void *compressor;            /* lz4's memory, made when first needed */
  struct ask_buffer packed[2]; /* room for the packed texts that are being bound: answers, result */
};

/* ---- connect.c, schema.c ---- */
/* A connection to a file that is there, with the settings that change nothing in it; not yet fit for writing. NULL after
 * writing to message why not (and *ret_status). */
struct sqlite3 *ask_sqlite_connect(const char *path, int busy_milliseconds, enum ask_store_status *ret_status,
                                   char *message);
/* The settings that make writes durable; the file becomes one with a write-ahead log if it was none. */
enum ask_store_status ask_sqlite_settle(struct sqlite3 *connection, char *message);
int ask_sqlite_schema_version(void); /* what this program makes */
/* 0: empty and without application; -1: not ours; else its version. Not OK: it cannot be read. */
enum ask_store_status ask_sqlite_schema_read(struct sqlite3 *connection, int *ret_version, char *message);
/* Brings it to this version in one transaction. */
enum ask_store_status ask_sqlite_schema_migrate(struct sqlite3 *connection, char *message);

/* ---- session.c ---- */
/* The connection, opened if there is none or the last one was failing. NULL: session->status says why, and so does the
 * message. Every statement asks for it by itself; for those who use the connection directly. */
struct sqlite3 *ask_sqlite_connection(struct ask_sqlite_session *session);
/* Statements and connection closed. The next operation opens again. */
void ask_sqlite_disconnect(struct ask_sqlite_session *session);
/* What a result code of SQLite means for a store, errno included; never OK. Writes the message ("DOING: why"), notes it in
 * session->status. Call it before anything else touches the connection. */
enum ask_store_status ask_sqlite_failed(struct ask_sqlite_session *session, int code, const char *doing);
/* The same without a session. */
enum ask_store_status ask_sqlite_meaning(struct sqlite3 *connection, int code, const char *doing, char *message);
/* A status of ours with a message, printf-like; returns the status. */
__attribute__((format(printf, 3, 4))) enum ask_store_status
ask_sqlite_say(struct ask_sqlite_session *session, enum ask_store_status status, const char *format, ...);
/* Reading many rows at one moment: false; writing: true takes the write lock at once. */
enum ask_store_status ask_sqlite_begin(struct ask_sqlite_session *session, bool to_write);
/* OK: on disk. Otherwise it has been rolled back. */
enum ask_store_status ask_sqlite_commit(struct ask_sqlite_session *session);
/* Fine at any time. Keeps message and status. */
void ask_sqlite_rollback(struct ask_sqlite_session *session);
/* Before a write of a server that runs: somebody who removes or replaces the file would have it write into nowhere. */
void ask_sqlite_leave_moved(struct ask_sqlite_session *session);

/* ---- statement.c ---- */
/* The prepared statement of a static text, with nothing bound. NULL: session->status says why. */
struct sqlite3_stmt *ask_sqlite_statement(struct ask_sqlite_session *session, const char *sql);
/* True: a row is there to be read. False: none any more (session->status OK), or a failure (session->status). */
bool ask_sqlite_row(struct ask_sqlite_session *session, struct sqlite3_stmt *statement);
/* Runs a statement without rows and gives it back. CONFLICT: a constraint refused it, with no change made; the
 * transaction goes on. ret_changes (may be NULL): rows changed. */
enum ask_store_status ask_sqlite_run(struct ask_sqlite_session *session, struct sqlite3_stmt *statement,
                                     int *ret_changes);
/* Gives it back. NULL is fine. */
void ask_sqlite_done(struct sqlite3_stmt *statement);
/* Parameters are numbered from 1; the bytes are borrowed until ask_sqlite_done. */
void ask_sqlite_bind_uuid(struct sqlite3_stmt *statement, int at, const struct ask_uuid *uuid);
void ask_sqlite_bind_integer(struct sqlite3_stmt *statement, int at, int64_t value);
void ask_sqlite_bind_string(struct sqlite3_stmt *statement, int at, const char *text);
void ask_sqlite_bind_bytes(struct sqlite3_stmt *statement, int at, const void *bytes, size_t length);
/* Columns are numbered from 0. False: it is not what it should be, so the file is damaged (message and status BROKEN). */
bool ask_sqlite_column_uuid(struct ask_sqlite_session *session, struct sqlite3_stmt *statement, int at,
                            struct ask_uuid *ret);
bool ask_sqlite_column_hash(struct ask_sqlite_session *session, struct sqlite3_stmt *statement, int at,
                            char ret[ASK_HASH_TEXT]);
int64_t ask_sqlite_column_integer(struct sqlite3_stmt *statement, int at);
/* Copies in the arena. */
const char *ask_sqlite_column_string(struct sqlite3_stmt *statement, int at, struct ask_arena *arena);
struct ask_text ask_sqlite_column_bytes(struct sqlite3_stmt *statement, int at, struct ask_arena *arena);

/* ---- pack.c: texts as they lie in a column: a byte for the format (0: as it is, 1: lz4), for lz4 the length of the text
 * as 4 bytes, lowest first, then the bytes ---- */
/* Into room of the session (0 or 1), valid until it is packed into again. False: longer than a store takes (message, BROKEN). */
bool ask_sqlite_pack(struct ask_sqlite_session *session, struct ask_text text, size_t room, struct ask_text *ret);
/* Checked: a damaged column is false with message and status BROKEN, never more memory than ASK_SQLITE_UNPACKED. */
bool ask_sqlite_unpack(struct ask_sqlite_session *session, struct ask_text packed, struct ask_arena *arena,
                       struct ask_text *ret);
/* Both steps of a read. */
bool ask_sqlite_column_packed(struct ask_sqlite_session *session, struct sqlite3_stmt *statement, int at,
                              struct ask_arena *arena, struct ask_text *ret);

/* ---- documents.c ---- */
/* Why a version of it was not to be had: CONFLICT (another is the latest) or NOT_FOUND, with a message; or what failed. */
enum ask_store_status ask_sqlite_document_why(struct ask_sqlite_session *session, const char *kind,
                                              const struct ask_uuid *id);
/* Its keys, in the order of their bytes. */
enum ask_store_status ask_sqlite_document_keys(struct ask_sqlite_session *session, const char *kind,
                                               const struct ask_uuid *id, struct ask_arena *arena,
                                               struct ask_document_key **ret, size_t *ret_count);

/* ---- the operations, one file each, as in backend.h ---- */
void *ask_sqlite_open(const char *url, const struct ask_store_options *options, struct ask_problems *problems);
void ask_sqlite_close(void *store);
void *ask_sqlite_session_open(void *store, char *message);
void ask_sqlite_session_close(void *session);
enum ask_store_status ask_sqlite_ping(void *session);
enum ask_store_status ask_sqlite_try_write(void *session);
enum ask_store_status ask_sqlite_get(void *session, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                     int32_t number, struct ask_arena *arena, struct ask_revision *ret);
enum ask_store_status ask_sqlite_revisions(void *session, const struct ask_uuid *partner,
                                           const struct ask_uuid *assessment, int32_t after, int32_t limit,
                                           struct ask_arena *arena, struct ask_revision_line **ret, size_t *ret_count,
                                           int32_t *ret_latest);
enum ask_store_status ask_sqlite_repeated(void *session, const struct ask_uuid *partner,
                                          struct ask_text idempotency_key, const unsigned char fingerprint[32],
                                          struct ask_uuid *ret_assessment, int32_t *ret_number);
enum ask_store_status ask_sqlite_key_add(void *session, struct ask_partner_key *key,
                                         const struct ask_uuid *partner_if_new);
enum ask_store_status ask_sqlite_key_find(void *session, const char *hash, struct ask_arena *arena,
                                          struct ask_partner_key *ret);
enum ask_store_status ask_sqlite_keys(void *session, struct ask_arena *arena, struct ask_partner_key **ret,
                                      size_t *ret_count);
enum ask_store_status ask_sqlite_key_revoke(void *session, const struct ask_uuid *id, int64_t at);
enum ask_store_status ask_sqlite_rules_put(void *session, const char *hash, const struct ask_rule_file *files,
                                           size_t count);
enum ask_store_status ask_sqlite_rules_get(void *session, const char *hash, struct ask_arena *arena,
                                           struct ask_rule_file **ret, size_t *ret_count);
enum ask_store_status ask_sqlite_document_put(void *session, const struct ask_document *document,
                                              const struct ask_document_key *keys, size_t key_count);
enum ask_store_status ask_sqlite_document_get(void *session, const char *kind, const struct ask_uuid *id,
                                              struct ask_arena *arena, struct ask_document *ret);
enum ask_store_status ask_sqlite_document_find(void *session, const char *kind, const struct ask_document_key *keys,
                                               size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                               struct ask_document **ret, int32_t **ret_matches, size_t *ret_count);
enum ask_store_status ask_sqlite_document_remove(void *session, const char *kind, const struct ask_uuid *id,
                                                 int32_t version);
void ask_sqlite_commit_group(void *session, struct ask_write *const *writes, size_t count);
enum ask_store_status ask_sqlite_walk(void *session, const char *cursor, size_t limit, struct ask_arena *arena,
                                      struct ask_store_row **ret, size_t *ret_count);
enum ask_store_status ask_sqlite_import(void *session, const struct ask_store_row *rows, size_t count,
                                        const char *source);
enum ask_store_status ask_sqlite_import_cursor(void *session, const char *source, struct ask_arena *arena,
                                               const char **ret);
enum ask_store_status ask_sqlite_verify(void *session, const struct ask_store_row *rows, size_t count, size_t *ret_bad);
enum ask_store_status ask_sqlite_count(void *session, struct ask_store_counts *ret);
enum ask_store_status ask_sqlite_check(void *session, void (*progress)(void *context, int64_t revisions), void *context,
                                       struct ask_problems *problems);
enum ask_store_status ask_sqlite_backup(void *session, const char *path,
                                        void (*progress)(void *context, int64_t done, int64_t total), void *context);

#endif
