/* Reading rows of any table. The two statements of a table give the same columns, so that one function reads both. */
#include "store/sqlite/rows.h"

#include <sqlite3.h>

#include "store/document.h"

#define PARTNER "select id, name from partner where "
#define KEY "select id, partner, hash, created, revoked from api_key where "
#define RULES "select hash from rules where "
/* A left join: a revision without its assessment has to be seen, not passed over. */
#define REVISION                                                                    \
  "select r.id, r.client_key, r.number, a.partner, r.key, r.at, r.as_of, r.rules, " \
  "r.answers, r.result from revision r "                                            \
  "left join assessment a on a.id = r.id and a.client_key = r.client_key where "
#define IDEMPOTENCY "select partner, key, fingerprint, assessment, number from idempotency where "

#define DOCUMENT "select kind, id, version, at, body from document where "

struct table_sql {
  const char *after, *like;
};
static const struct table_sql tables[] = {
    [ASK_TABLE_PARTNER] = {PARTNER "id > ?1 order by id", PARTNER "id = ?1"},
    [ASK_TABLE_KEY] = {KEY "id > ?1 order by id", KEY "id = ?1"},
    [ASK_TABLE_RULES] = {RULES "hash > ?1 order by hash", RULES "hash = ?1"},
    [ASK_TABLE_REVISION] = {REVISION "(r.id, r.client_key, r.number) > (?1, ?2, ?3) "
                                     "order by r.id, r.client_key, r.number",
                            REVISION "r.id = ?1 and r.client_key = ?2 and r.number = ?3"},
    [ASK_TABLE_IDEMPOTENCY] = {IDEMPOTENCY "(partner, key) > (?1, ?2) order by partner, key",
                               IDEMPOTENCY "partner = ?1 and key = ?2"},
    [ASK_TABLE_DOCUMENT] = {DOCUMENT "(kind, id) > (?2, ?1) order by kind, id", DOCUMENT "kind = ?2 and id = ?1"},
};

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static bool damaged(struct ask_sqlite_session *session, struct ask_arena *arena, const struct ask_any_row *row,
                    const char *why) {
  ask_sqlite_say(session, ASK_STORE_BROKEN, "%s: %.120s (askonce store check says more)", ask_row_words(arena, row),
                 why);
  return false;
}

/* Adds to the message which row it is. */
static bool damaged_there(struct ask_sqlite_session *session, struct ask_arena *arena, const struct ask_any_row *row) {
  return damaged(session, arena, row, ask_strdup(arena, session->message));
}

static bool read_files(struct ask_sqlite_session *session, struct ask_arena *arena, struct ask_any_row *row) {
  static const char sql[] = "select path, bytes from rule_file where rules = ?1 order by path";
  sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  size_t capacity = 0;
  bool good = statement != NULL;
  if (good) ask_sqlite_bind_string(statement, 1, row->rules.hash);
  while (good && ask_sqlite_row(session, statement)) {
    struct ask_rule_file *file =
        ask_push(arena, &row->rules.files, &row->rules.count, &capacity, sizeof *row->rules.files);
    file->path = ask_sqlite_column_string(statement, 0, arena);
    good = ask_sqlite_column_packed(session, statement, 1, arena, &file->bytes);
    if (!good) damaged_there(session, arena, row);
  }
  if (good) good = session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

static bool read_revision(struct ask_sqlite_session *session, sqlite3_stmt *statement, struct ask_arena *arena,
                          struct ask_any_row *row) {
  struct ask_revision *revision = &row->revision;
  if (!ask_sqlite_column_uuid(session, statement, 0, &revision->assessment)) return false;
  revision->number = (int32_t)ask_sqlite_column_integer(statement, 2);
  /* a walk goes on by the key that the id holds: with another one it would not end */
  if (ask_sqlite_column_integer(statement, 1) != ask_uuid_client_key(&revision->assessment))
    return damaged(session, arena, row, "its client key is not the one in its id");
  if (sqlite3_column_type(statement, 3) == SQLITE_NULL)
    return damaged(session, arena, row, "there is no assessment to it");
  revision->at = ask_sqlite_column_integer(statement, 5);
  revision->as_of = ask_sqlite_column_integer(statement, 6);
  if (ask_sqlite_column_uuid(session, statement, 3, &revision->partner) &&
      ask_sqlite_column_uuid(session, statement, 4, &revision->key) &&
      ask_sqlite_column_hash(session, statement, 7, revision->rules) &&
      ask_sqlite_column_packed(session, statement, 8, arena, &revision->answers) &&
      ask_sqlite_column_packed(session, statement, 9, arena, &revision->result))
    return true;
  return damaged_there(session, arena, row);
}

static bool read_idempotency(struct ask_sqlite_session *session, sqlite3_stmt *statement, struct ask_arena *arena,
                             struct ask_any_row *row) {
  struct ask_idempotency_row *one = &row->idempotency;
  one->number = (int32_t)ask_sqlite_column_integer(statement, 4);
  if (!ask_sqlite_column_uuid(session, statement, 0, &one->partner) ||
      !ask_sqlite_column_uuid(session, statement, 3, &one->assessment))
    return false;
  one->key = ask_sqlite_column_bytes(statement, 1, arena);
  struct ask_text fingerprint = ask_sqlite_column_bytes(statement, 2, arena);
  if (one->key.length < 1 || one->key.length > ASK_IDEMPOTENCY_LIMIT || fingerprint.length != sizeof one->fingerprint)
    return damaged(session, arena, row, "its bytes are damaged");
  memcpy(one->fingerprint, fingerprint.bytes, sizeof one->fingerprint);
  return true;
}

static bool read_document(struct ask_sqlite_session *session, sqlite3_stmt *statement, struct ask_arena *arena,
                          struct ask_any_row *row) {
  struct ask_document_row *document = &row->document;
  const char *kind = ask_sqlite_column_string(statement, 0, arena);
  document->kind = (struct ask_text){kind, strlen(kind)};
  document->version = (int32_t)ask_sqlite_column_integer(statement, 2);
  document->at = ask_sqlite_column_integer(statement, 3);
  if (!ask_sqlite_column_uuid(session, statement, 1, &document->id)) return false;
  /* a walk goes on by the kind: one that a cursor cannot hold would have it stand still */
  if (ask_document_kind_wrong(kind)) return damaged(session, arena, row, "its kind is none");
  if (!ask_sqlite_column_packed(session, statement, 4, arena, &document->body))
    return damaged_there(session, arena, row);
  return ask_sqlite_document_keys(session, kind, &document->id, arena, &document->keys, &document->count) ==
         ASK_STORE_OK;
}

/* False: session->status says why. */
static bool read_row(struct ask_sqlite_session *session, enum ask_table table, sqlite3_stmt *statement,
                     struct ask_arena *arena, struct ask_any_row *row) {
  *row = (struct ask_any_row){.table = table};
  switch (table) {
  case ASK_TABLE_PARTNER:
    if (!ask_sqlite_column_uuid(session, statement, 0, &row->partner.id)) return false;
    row->partner.name = ask_sqlite_column_bytes(statement, 1, arena);
    return true;
  case ASK_TABLE_KEY:
    row->key.created = ask_sqlite_column_integer(statement, 3);
    row->key.revoked = ask_sqlite_column_integer(statement, 4);
    return ask_sqlite_column_uuid(session, statement, 0, &row->key.id) &&
           ask_sqlite_column_uuid(session, statement, 1, &row->key.partner) &&
           ask_sqlite_column_hash(session, statement, 2, row->key.hash);
  case ASK_TABLE_RULES:
    return ask_sqlite_column_hash(session, statement, 0, row->rules.hash) && read_files(session, arena, row);
  case ASK_TABLE_REVISION: return read_revision(session, statement, arena, row);
  case ASK_TABLE_IDEMPOTENCY: return read_idempotency(session, statement, arena, row);
  case ASK_TABLE_DOCUMENT: return read_document(session, statement, arena, row);
  case ASK_TABLE_NONE: break;
  }
  return false;
}

/* ---- statements -------------------------------------------------------------------------------------------------- */

static void bind_key(sqlite3_stmt *statement, const struct ask_cursor *key) {
  switch (key->table) {
  case ASK_TABLE_RULES: ask_sqlite_bind_string(statement, 1, key->hash); break;
  case ASK_TABLE_REVISION:
    ask_sqlite_bind_integer(statement, 2, ask_uuid_client_key(&key->id));
    ask_sqlite_bind_integer(statement, 3, key->number);
    ask_sqlite_bind_uuid(statement, 1, &key->id);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    ask_sqlite_bind_uuid(statement, 1, &key->id);
    ask_sqlite_bind_bytes(statement, 2, key->bytes, key->length);
    break;
  case ASK_TABLE_DOCUMENT:
    ask_sqlite_bind_uuid(statement, 1, &key->id);
    sqlite3_bind_text(statement, 2, key->bytes, (int)key->length, SQLITE_STATIC);
    break;
  default: ask_sqlite_bind_uuid(statement, 1, &key->id); break;
  }
}

/* Before every row of the table. */
static void bind_beginning(sqlite3_stmt *statement, enum ask_table table) {
  if (table == ASK_TABLE_RULES)
    ask_sqlite_bind_string(statement, 1, "");
  else
    ask_sqlite_bind_bytes(statement, 1, "", 0);
  if (table == ASK_TABLE_REVISION) {
    ask_sqlite_bind_integer(statement, 2, INT64_MIN);
    ask_sqlite_bind_integer(statement, 3, 0);
  }
  if (table == ASK_TABLE_IDEMPOTENCY) ask_sqlite_bind_bytes(statement, 2, "", 0);
  if (table == ASK_TABLE_DOCUMENT) ask_sqlite_bind_string(statement, 2, "");
}

enum ask_store_status ask_sqlite_rows_after(struct ask_sqlite_session *session, enum ask_table table,
                                            const struct ask_cursor *after, struct ask_arena *arena,
                                            ask_sqlite_row_taker *take, void *context) {
  sqlite3_stmt *statement = ask_sqlite_statement(session, tables[table].after);
  if (!statement) return session->status;
  if (after->table == table)
    bind_key(statement, after);
  else
    bind_beginning(statement, table);
  enum ask_store_status status = ASK_STORE_OK;
  for (bool more = true; more;) {
    struct ask_any_row row;
    more = ask_sqlite_row(session, statement) && read_row(session, table, statement, arena, &row);
    status = session->status;
    if (more) more = take(context, &row);
  }
  ask_sqlite_done(statement);
  return status;
}

enum ask_store_status ask_sqlite_row_like(struct ask_sqlite_session *session, const struct ask_any_row *like,
                                          struct ask_arena *arena, struct ask_any_row *ret) {
  struct ask_cursor key = ask_row_key(like);
  sqlite3_stmt *statement = ask_sqlite_statement(session, tables[like->table].like);
  if (!statement) return session->status;
  bind_key(statement, &key);
  bool found = ask_sqlite_row(session, statement);
  enum ask_store_status status = session->status;
  if (found)
    status = read_row(session, like->table, statement, arena, ret) ? ASK_STORE_OK : session->status;
  else if (status == ASK_STORE_OK)
    status = ASK_STORE_NOT_FOUND;
  ask_sqlite_done(statement);
  return status;
}
