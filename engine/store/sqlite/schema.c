/* The tables, as numbered migrations: a file of version n has had the first n run over it. A migration that was released
 * is never changed; a new one is added at the end. PostgreSQL has the same words (../pg/schema.c).
 *
 * As there, assessments do not refer to partner, key and rules by foreign keys: none of these is ever deleted, three
 * look-ups a row are saved, and `askonce store check` looks after them.
 *
 * Keys of assessments begin with the id, not the client key: ids begin with the time, so new rows go to the end of each
 * tree rather than to a random page. Every query names both. */
#include <sqlite3.h>
#include <stdio.h>

#include "store/sqlite/sqlite.h"

static const char *const migrations[] = {
    /* 1 */
    "create table meta (name text primary key, value text not null) strict, without rowid;"
    "insert into meta values ('probe', '0');"

    "create table partner ("
    "  id blob primary key check (length(id) = 16),"
    "  name text not null unique"
    ") strict, without rowid;"

    "create table api_key ("
    "  id blob primary key check (length(id) = 16),"
    "  partner blob not null references partner (id),"
    "  hash text not null unique,"
    "  created integer not null," /* microseconds since 1970, as all moments here */
    "  revoked integer not null default 0"
    ") strict, without rowid;"

    "create table rules (hash text primary key) strict, without rowid;"
    "create table rule_file ("
    "  rules text not null references rules (hash),"
    "  path text not null,"
    "  bytes blob not null," /* packed (pack.c), as answers and result */
    "  primary key (rules, path)"
    ") strict;"

    "create table assessment ("
    "  id blob not null check (length(id) = 16),"
    "  client_key integer not null,"
    "  partner blob not null,"
    "  latest integer not null check (latest > 0)," /* number of the latest revision */
    "  created integer not null,"
    "  primary key (id, client_key)"
    ") strict, without rowid;"

    "create table revision ("
    "  id blob not null,"
    "  client_key integer not null,"
    "  number integer not null check (number > 0),"
    "  at integer not null,"
    "  as_of integer not null," /* days since 1970 */
    "  key blob not null,"
    "  rules text not null,"
    "  answers blob not null,"
    "  result blob not null,"
    "  primary key (id, client_key, number),"
    "  foreign key (id, client_key) references assessment (id, client_key)"
    ") strict;"

    "create table idempotency ("
    "  partner blob not null,"
    "  key blob not null check (length(key) between 1 and 255),"
    "  fingerprint blob not null check (length(fingerprint) = 32),"
    "  assessment blob not null check (length(assessment) = 16),"
    "  number integer not null,"
    "  primary key (partner, key)"
    ") strict, without rowid;"

    "create table import_cursor (source text primary key, cursor text not null) strict, without rowid;",

    /* 2: documents (docs/adr/0015-documents.md) */
    "create table document ("
    "  kind text not null check (length(kind) between 1 and 32),"
    "  id blob not null check (length(id) = 16),"
    "  version integer not null check (version > 0),"
    "  at integer not null,"
    "  body blob not null,"
    "  primary key (kind, id)"
    ") strict;"

    "create table document_key ("
    "  kind text not null,"
    "  id blob not null,"
    "  key blob not null check (length(key) between 1 and 120),"
    "  is_unique integer not null check (is_unique in (0, 1)),"
    "  primary key (kind, id, key),"
    "  foreign key (kind, id) references document (kind, id) on delete cascade"
    ") strict, without rowid;"
    "create index document_by_key on document_key (kind, key);" /* and id, as every index of such a table */
    "create unique index document_by_unique_key on document_key (kind, key) where is_unique = 1;",
};

int ask_sqlite_schema_version(void) { return (int)(sizeof migrations / sizeof migrations[0]); }

static enum ask_store_status read_integer(sqlite3 *connection, const char *sql, int *ret, char *message) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  bool ok = code == SQLITE_ROW;
  if (ok) *ret = sqlite3_column_int(statement, 0);
  enum ask_store_status status =
      ok ? ASK_STORE_OK : ask_sqlite_meaning(connection, code, "reading the file's version", message);
  sqlite3_finalize(statement);
  return status;
}

enum ask_store_status ask_sqlite_schema_read(sqlite3 *connection, int *ret_version, char *message) {
  int application = 0, version = 0, tables = 0;
  enum ask_store_status status = read_integer(connection, "pragma application_id", &application, message);
  if (status == ASK_STORE_OK) status = read_integer(connection, "pragma user_version", &version, message);
  if (status == ASK_STORE_OK) status = read_integer(connection, "select count(*) from sqlite_schema", &tables, message);
  if (status != ASK_STORE_OK) return status;
  if (application == ASK_SQLITE_APPLICATION && version > 0)
    *ret_version = version;
  else
    *ret_version = application == 0 && version == 0 && tables == 0 ? 0 : -1;
  return ASK_STORE_OK;
}

enum ask_store_status ask_sqlite_schema_migrate(sqlite3 *connection, char *message) {
  int code = sqlite3_exec(connection, "begin immediate", NULL, NULL, NULL);
  if (code != SQLITE_OK) return ask_sqlite_meaning(connection, code, "locking the file to migrate it", message);
  /* Somebody else may have migrated it meanwhile: read under the lock. */
  int version = 0;
  enum ask_store_status status = ask_sqlite_schema_read(connection, &version, message);
  if (status == ASK_STORE_OK && version < 0) {
    snprintf(message, ASK_STORE_MESSAGE, "it is not a store of askonce");
    status = ASK_STORE_BROKEN;
  }
  for (; status == ASK_STORE_OK && version < ask_sqlite_schema_version(); version++) {
    code = sqlite3_exec(connection, migrations[version], NULL, NULL, NULL);
    if (code != SQLITE_OK) status = ask_sqlite_meaning(connection, code, "migrating", message);
  }
  if (status == ASK_STORE_OK) {
    char sql[128];
    snprintf(sql, sizeof sql, "pragma application_id = %d; pragma user_version = %d; commit", ASK_SQLITE_APPLICATION,
             version);
    code = sqlite3_exec(connection, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) status = ask_sqlite_meaning(connection, code, "migrating", message);
  }
  if (status != ASK_STORE_OK && !sqlite3_get_autocommit(connection))
    sqlite3_exec(connection, "rollback", NULL, NULL, NULL);
  return status;
}
