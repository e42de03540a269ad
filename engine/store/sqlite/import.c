/* Importing: rows as another store's walk gave them, all or none. */
#include <sqlite3.h>

#include "store/sqlite/rows.h"

/* ---- one row; *ret_new false: there is a row with that key or name already --------------------------------------- */

static enum ask_store_status put(struct ask_sqlite_session *session, sqlite3_stmt *statement, bool *ret_new) {
  int changes = 0;
  enum ask_store_status status = ask_sqlite_run(session, statement, &changes);
  *ret_new = changes > 0;
  return status;
}

static enum ask_store_status put_partner(struct ask_sqlite_session *session, const struct ask_partner_row *row,
                                         bool *ret_new) {
  static const char sql[] = "insert into partner (id, name) values (?1, ?2) on conflict do nothing";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &row->id);
  sqlite3_bind_text(statement, 2, row->name.bytes, (int)row->name.length, SQLITE_STATIC);
  return put(session, statement, ret_new);
}

static enum ask_store_status put_key(struct ask_sqlite_session *session, const struct ask_key_row *row, bool *ret_new) {
  static const char sql[] = "insert into api_key (id, partner, hash, created, revoked) values (?1, ?2, ?3, ?4, ?5) "
                            "on conflict do nothing";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &row->id);
  ask_sqlite_bind_uuid(statement, 2, &row->partner);
  ask_sqlite_bind_string(statement, 3, row->hash);
  ask_sqlite_bind_integer(statement, 4, row->created);
  ask_sqlite_bind_integer(statement, 5, row->revoked);
  return put(session, statement, ret_new);
}

static enum ask_store_status put_rules(struct ask_sqlite_session *session, const struct ask_rules_row *row,
                                       bool *ret_new) {
  static const char rules[] = "insert into rules (hash) values (?1) on conflict do nothing";
  static const char file[] = "insert into rule_file (rules, path, bytes) values (?1, ?2, ?3)";
  sqlite3_stmt *statement = ask_sqlite_statement(session, rules);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, row->hash);
  enum ask_store_status status = put(session, statement, ret_new);
  for (size_t i = 0; status == ASK_STORE_OK && *ret_new && i < row->count; i++) {
    struct ask_text packed;
    statement = ask_sqlite_statement(session, file);
    if (!statement || !ask_sqlite_pack(session, row->files[i].bytes, 0, &packed)) return session->status;
    ask_sqlite_bind_string(statement, 1, row->hash);
    ask_sqlite_bind_string(statement, 2, row->files[i].path);
    ask_sqlite_bind_bytes(statement, 3, packed.bytes, packed.length);
    status = ask_sqlite_run(session, statement, NULL);
  }
  return status;
}

/* The assessment that a first revision makes, and that each later one moves on by one. CONFLICT: it stands
 * elsewhere. */
static enum ask_store_status put_assessment(struct ask_sqlite_session *session, const struct ask_revision *row,
                                            bool *ret_moved) {
  static const char first[] = "insert into assessment (id, client_key, partner, latest, created) "
                              "values (?1, ?2, ?3, ?4, ?5) on conflict do nothing";
  static const char later[] = "update assessment set latest = ?4 "
                              "where id = ?1 and client_key = ?2 and partner = ?3 and latest = ?4 - 1";
  sqlite3_stmt *statement = ask_sqlite_statement(session, row->number == 1 ? first : later);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &row->assessment);
  ask_sqlite_bind_integer(statement, 2, ask_uuid_client_key(&row->assessment));
  ask_sqlite_bind_uuid(statement, 3, &row->partner);
  ask_sqlite_bind_integer(statement, 4, row->number);
  if (row->number == 1) ask_sqlite_bind_integer(statement, 5, row->at);
  return put(session, statement, ret_moved);
}

static enum ask_store_status put_revision(struct ask_sqlite_session *session, const struct ask_revision *row,
                                          bool *ret_new) {
  static const char sql[] = "insert into revision (id, client_key, number, at, as_of, key, rules, answers, result) "
                            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict do nothing";
  struct ask_text answers, result;
  enum ask_store_status status = put_assessment(session, row, ret_new);
  if (status != ASK_STORE_OK || !*ret_new) return status;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement || !ask_sqlite_pack(session, row->answers, 0, &answers) ||
      !ask_sqlite_pack(session, row->result, 1, &result))
    return session->status;
  ask_sqlite_bind_uuid(statement, 1, &row->assessment);
  ask_sqlite_bind_integer(statement, 2, ask_uuid_client_key(&row->assessment));
  ask_sqlite_bind_integer(statement, 3, row->number);
  ask_sqlite_bind_integer(statement, 4, row->at);
  ask_sqlite_bind_integer(statement, 5, row->as_of);
  ask_sqlite_bind_uuid(statement, 6, &row->key);
  ask_sqlite_bind_string(statement, 7, row->rules);
  ask_sqlite_bind_bytes(statement, 8, answers.bytes, answers.length);
  ask_sqlite_bind_bytes(statement, 9, result.bytes, result.length);
  return put(session, statement, ret_new);
}

static enum ask_store_status put_idempotency(struct ask_sqlite_session *session, const struct ask_idempotency_row *row,
                                             bool *ret_new) {
  static const char sql[] = "insert into idempotency (partner, key, fingerprint, assessment, number) "
                            "values (?1, ?2, ?3, ?4, ?5) on conflict do nothing";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &row->partner);
  ask_sqlite_bind_bytes(statement, 2, row->key.bytes, row->key.length);
  ask_sqlite_bind_bytes(statement, 3, row->fingerprint, sizeof row->fingerprint);
  ask_sqlite_bind_uuid(statement, 4, &row->assessment);
  ask_sqlite_bind_integer(statement, 5, row->number);
  return put(session, statement, ret_new);
}

static enum ask_store_status put_document(struct ask_sqlite_session *session, const struct ask_document_row *row,
                                          bool *ret_new) {
  static const char document[] = "insert into document (kind, id, version, at, body) values (?1, ?2, ?3, ?4, ?5) "
                                 "on conflict do nothing";
  static const char key[] = "insert into document_key (kind, id, key, is_unique) values (?1, ?2, ?3, ?4)";
  struct ask_text packed;
  sqlite3_stmt *statement = ask_sqlite_statement(session, document);
  if (!statement || !ask_sqlite_pack(session, row->body, 0, &packed)) return session->status;
  sqlite3_bind_text(statement, 1, row->kind.bytes, (int)row->kind.length, SQLITE_STATIC);
  ask_sqlite_bind_uuid(statement, 2, &row->id);
  ask_sqlite_bind_integer(statement, 3, row->version);
  ask_sqlite_bind_integer(statement, 4, row->at);
  ask_sqlite_bind_bytes(statement, 5, packed.bytes, packed.length);
  enum ask_store_status status = put(session, statement, ret_new);
  for (size_t i = 0; status == ASK_STORE_OK && *ret_new && i < row->count; i++) {
    statement = ask_sqlite_statement(session, key);
    if (!statement) return session->status;
    sqlite3_bind_text(statement, 1, row->kind.bytes, (int)row->kind.length, SQLITE_STATIC);
    ask_sqlite_bind_uuid(statement, 2, &row->id);
    ask_sqlite_bind_bytes(statement, 3, row->keys[i].text.bytes, row->keys[i].text.length);
    ask_sqlite_bind_integer(statement, 4, row->keys[i].unique);
    status = ask_sqlite_run(session, statement, NULL);
  }
  return status;
}

static enum ask_store_status put_row(struct ask_sqlite_session *session, const struct ask_any_row *row, bool *ret_new) {
  switch (row->table) {
  case ASK_TABLE_PARTNER: return put_partner(session, &row->partner, ret_new);
  case ASK_TABLE_KEY: return put_key(session, &row->key, ret_new);
  case ASK_TABLE_RULES: return put_rules(session, &row->rules, ret_new);
  case ASK_TABLE_REVISION: return put_revision(session, &row->revision, ret_new);
  case ASK_TABLE_IDEMPOTENCY: return put_idempotency(session, &row->idempotency, ret_new);
  case ASK_TABLE_DOCUMENT: return put_document(session, &row->document, ret_new);
  case ASK_TABLE_NONE: break;
  }
  return ASK_STORE_BROKEN;
}

/* ---- the row that is there already has to be the same ------------------------------------------------------------ */

static enum ask_store_status why_not(struct ask_sqlite_session *session, const struct ask_any_row *row,
                                     struct ask_arena *arena) {
  const char *words = ask_row_words(arena, row);
  switch (row->table) {
  case ASK_TABLE_PARTNER:
    return ask_sqlite_say(session, ASK_STORE_CONFLICT, "%s: another partner has the same name there", words);
  case ASK_TABLE_KEY:
    return ask_sqlite_say(session, ASK_STORE_CONFLICT, "%s: the same secret is there under another id", words);
  default:
    return ask_sqlite_say(session, ASK_STORE_CONFLICT,
                          "%s does not follow on what is there (another partner's, or one before it is missing)",
                          words);
  }
}

static enum ask_store_status import_row(struct ask_sqlite_session *session, const struct ask_store_row *row,
                                        struct ask_arena *arena) {
  struct ask_any_row any, found;
  struct ask_store_row written;
  bool new = false;
  if (!ask_row_read(row, arena, &any))
    return ask_sqlite_say(session, ASK_STORE_BROKEN, "a row that was given is not one");
  enum ask_store_status status = put_row(session, &any, &new);
  if (status == ASK_STORE_CONFLICT)
    return ask_sqlite_say(session, status,
                          any.table == ASK_TABLE_DOCUMENT
                              ? "%s has a unique key that another has there"
                              : "%s names a partner, key, rules or assessment that is not there",
                          ask_row_words(arena, &any));
  if (status != ASK_STORE_OK || new) return status;
  status = ask_sqlite_row_like(session, &any, arena, &found);
  if (status == ASK_STORE_NOT_FOUND) return why_not(session, &any, arena);
  if (status != ASK_STORE_OK) return status;
  ask_row_write(arena, &found, &written);
  if (written.bytes.length == row->bytes.length &&
      memcmp(written.bytes.bytes, row->bytes.bytes, row->bytes.length) == 0)
    return ASK_STORE_OK;
  return ask_sqlite_say(session, ASK_STORE_CONFLICT, "%s is there with other contents", ask_row_words(arena, &any));
}

static enum ask_store_status note_cursor(struct ask_sqlite_session *session, const char *source, const char *cursor) {
  static const char sql[] = "insert into import_cursor (source, cursor) values (?1, ?2) "
                            "on conflict (source) do update set cursor = excluded.cursor";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, source);
  ask_sqlite_bind_string(statement, 2, cursor);
  return ask_sqlite_run(session, statement, NULL);
}

enum ask_store_status ask_sqlite_import(void *part, const struct ask_store_row *rows, size_t count,
                                        const char *source) {
  struct ask_sqlite_session *session = part;
  if (!count) return ASK_STORE_OK;
  struct ask_arena *arena = ask_arena_new();
  enum ask_store_status status = ask_sqlite_begin(session, true);
  for (size_t i = 0; status == ASK_STORE_OK && i < count; i++) {
    status = import_row(session, &rows[i], arena);
    ask_arena_reset(arena);
  }
  if (status == ASK_STORE_OK) status = note_cursor(session, source, rows[count - 1].cursor);
  if (status == ASK_STORE_OK)
    status = ask_sqlite_commit(session);
  else
    ask_sqlite_rollback(session);
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_sqlite_import_cursor(void *part, const char *source, struct ask_arena *arena,
                                               const char **ret) {
  static const char sql[] = "select cursor from import_cursor where source = ?1";
  struct ask_sqlite_session *session = part;
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, source);
  *ret = ask_sqlite_row(session, statement) ? ask_sqlite_column_string(statement, 0, arena) : "";
  enum ask_store_status status = session->status;
  ask_sqlite_done(statement);
  return status;
}
