/* The recorded rules: the files of a set, kept once under their hash. */
#include "store/sqlite/sqlite.h"

/* CONFLICT: it is there already. */
static enum ask_store_status put_hash(struct ask_sqlite_session *session, const char *hash) {
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, "insert into rules (hash) values (?1)");
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, hash);
  return ask_sqlite_run(session, statement, NULL);
}

static enum ask_store_status put_file(struct ask_sqlite_session *session, const char *hash,
                                      const struct ask_rule_file *file) {
  struct ask_text packed;
  if (!ask_sqlite_pack(session, file->bytes, 0, &packed)) return session->status;
  struct sqlite3_stmt *statement =
      ask_sqlite_statement(session, "insert into rule_file (rules, path, bytes) values (?1, ?2, ?3)");
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, hash);
  ask_sqlite_bind_string(statement, 2, file->path);
  ask_sqlite_bind_bytes(statement, 3, packed.bytes, packed.length);
  return ask_sqlite_run(session, statement, NULL);
}

/* OK, NOT_FOUND. */
static enum ask_store_status is_there(struct ask_sqlite_session *session, const char *hash) {
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, "select 1 from rules where hash = ?1");
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, hash);
  bool there = ask_sqlite_row(session, statement);
  ask_sqlite_done(statement);
  return session->status == ASK_STORE_OK && !there ? ASK_STORE_NOT_FOUND : session->status;
}

enum ask_store_status ask_sqlite_rules_put(void *part, const char *hash, const struct ask_rule_file *files,
                                           size_t count) {
  struct ask_sqlite_session *session = part;
  /* Mostly they are there: then nothing is locked and nothing written. */
  enum ask_store_status status = is_there(session, hash);
  if (status != ASK_STORE_NOT_FOUND) return status;
  status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  status = put_hash(session, hash);
  bool faster = status == ASK_STORE_CONFLICT; /* somebody else recorded them meanwhile */
  for (size_t i = 0; i < count && status == ASK_STORE_OK; i++) status = put_file(session, hash, &files[i]);
  if (status == ASK_STORE_OK) return ask_sqlite_commit(session);
  ask_sqlite_rollback(session);
  if (faster) session->message[0] = '\0';
  return faster ? ASK_STORE_OK : status;
}

enum ask_store_status ask_sqlite_rules_get(void *part, const char *hash, struct ask_arena *arena,
                                           struct ask_rule_file **ret, size_t *ret_count) {
  static const char sql[] = "select path, bytes from rule_file where rules = ?1 order by path";
  struct ask_sqlite_session *session = part;
  enum ask_store_status status = is_there(session, hash);
  if (status != ASK_STORE_OK) return status;
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, hash);
  struct ask_rule_file *list = NULL;
  size_t count = 0, capacity = 0;
  while (ask_sqlite_row(session, statement)) {
    struct ask_rule_file file = {.path = ask_sqlite_column_string(statement, 0, arena)};
    if (!ask_sqlite_column_packed(session, statement, 1, arena, &file.bytes)) break;
    *(struct ask_rule_file *)ask_push(arena, &list, &count, &capacity, sizeof file) = file;
  }
  status = session->status;
  ask_sqlite_done(statement);
  if (status != ASK_STORE_OK) return status;
  *ret = list;
  *ret_count = count;
  return ASK_STORE_OK;
}
