/* The tables, as numbered migrations: a schema of version n has had the first n run over it. A migration that was
 * released is never changed; a new one is added at the end. The words are SQLite's too (../sqlite/schema.c); what
 * differs:
 *
 * - There is no table of assessments: an assessment is its revisions, each with the partner, and the latest is the
 *   end of an index. So a write is one row and nothing is ever updated, which in PostgreSQL would leave a dead row
 *   each time.
 * - Revisions do not refer to partner, key and rules by foreign keys: a check for each row would lock the partner's
 *   row three times over, and none of these is ever deleted. `askonce store check` looks after them.
 *
 * Each table of assessments has the client's key in its primary key and each query names it: partitioning by a hash
 * of it later changes no query. It comes after the id, since ids begin with the time and new rows then go to the end
 * of the index. Idempotency keys are looked for before anybody knows a client: theirs would go by partner and key. */
#include <stdio.h>
#include <string.h>

#include "store/pg/pg.h"

static const char *const first[] = {
    "create table partner ("
    "  id uuid primary key,"
    "  name text collate \"C\" not null unique check (octet_length(name) between 1 and 100))",

    "create table api_key ("
    "  id uuid primary key,"
    "  partner uuid not null references partner (id),"
    "  hash text collate \"C\" not null unique check (octet_length(hash) between 1 and 64),"
    "  created bigint not null," /* microseconds since 1970, as all moments here
                                  */
    "  revoked bigint not null default 0)",

    "create table rules (hash text collate \"C\" primary key check (octet_length(hash) between 1 and 64))",

    "create table rule_file ("
    "  rules text collate \"C\" not null references rules (hash),"
    "  path text collate \"C\" not null,"
    "  bytes bytea not null,"
    "  primary key (rules, path))",

    /* Rows are only added: pages are filled to the end (the default). */
    "create table revision ("
    "  id uuid not null," /* of the assessment */
    "  client_key bigint not null,"
    "  number integer not null check (number > 0),"
    "  partner uuid not null,"
    "  key uuid not null,"
    "  at bigint not null,"
    "  as_of bigint not null," /* days since 1970 */
    "  rules text collate \"C\" not null check (octet_length(rules) between 1 and 64),"
    "  answers bytea not null," /* UTF-8, byte for byte as it was given; a text column would be checked once more */
    "  result bytea not null,"
    "  primary key (id, client_key, number))",
    /* Compressed first; out of the row only what then fills more than a page. */
    "alter table revision alter answers set storage main, alter result set storage main",

    "create table idempotency ("
    "  partner uuid not null,"
    "  key bytea not null check (octet_length(key) between 1 and 255),"
    "  fingerprint bytea not null check (octet_length(fingerprint) = 32),"
    "  assessment uuid not null,"
    "  number integer not null check (number > 0),"
    "  primary key (partner, key))",

    /* A server that was built without lz4 keeps its own compression. */
    "do $$ begin"
    "  alter table revision alter answers set compression lz4, alter result set compression lz4;"
    "  alter table rule_file alter bytes set compression lz4;"
    " exception when feature_not_supported then null; end $$",

    "create table import_cursor (source text collate \"C\" primary key, cursor text not null)",
    "create table probe (id integer primary key check (id = 1), at timestamptz not null)",
    NULL,
};

/* Documents (docs/adr/0015-documents.md). They are rewritten in their place again and again: pages keep room for that, so
 * that no index has to be touched. */
static const char *const second[] = {
    "create table document ("
    "  kind text collate \"C\" not null check (octet_length(kind) between 1 and 32),"
    "  id uuid not null,"
    "  version integer not null check (version > 0),"
    "  at bigint not null,"
    "  body bytea not null check (octet_length(body) <= 262144),"
    "  primary key (kind, id)) with (fillfactor = 70)",
    "alter table document alter body set storage main",
    "do $$ begin alter table document alter body set compression lz4;"
    " exception when feature_not_supported then null; end $$",

    "create table document_key ("
    "  kind text collate \"C\" not null,"
    "  id uuid not null,"
    "  key bytea not null check (octet_length(key) between 1 and 120),"
    "  is_unique boolean not null,"
    "  primary key (kind, id, key),"
    "  foreign key (kind, id) references document (kind, id) on delete cascade)",
    "create index document_by_key on document_key (kind, key, id)",
    "create unique index document_by_unique_key on document_key (kind, key) where is_unique",
    NULL,
};
static const char *const *const migrations[] = {first, second};

int ask_pg_schema_version(void) { return (int)(sizeof migrations / sizeof *migrations); }

static void say(struct ask_problems *problems, const char *code, const char *hint, const char *message) {
  ask_problem_add(problems, ASK_ERROR, code, ASK_NOWHERE, NULL, hint, "%s", message);
}

static bool failed(struct ask_pg_session *session, struct ask_problems *problems) {
  bool forbidden = strcmp(session->state, "42501") == 0, busy = strcmp(session->state, "55P03") == 0;
  say(problems, "store-away",
      forbidden ? "GRANT CREATE, USAGE ON SCHEMA ... TO the user of the url, or name a schema of its own with "
                  "?options=-csearch_path%3DNAME"
      : busy    ? "somebody else is migrating it: try again"
                : NULL,
      session->message);
  return false;
}

enum { NOT_OURS = -1 };

/* 0: nothing of ours is there. False after adding a problem. */
static bool read_version(struct ask_pg_session *session, int *ret_version, struct ask_problems *problems) {
  static const struct ask_pg_statement look = {
      .sql = "with place as (select to_regclass(quote_ident(current_schema()) || '.schema_version') as id) "
             "select current_schema() is not null, id is not null,"
             " (select count(*)::integer from pg_attribute"
             "  where attrelid = id and attname in ('product', 'version') and not attisdropped) from place",
      .takes = "",
      .gives = "??i"};
  static const struct ask_pg_statement read = {
      .sql = "select coalesce(max(version), 0) from schema_version where product = 'askonce'",
      .takes = "",
      .gives = "i"};
  struct pg_result *result = NULL;
  if (ask_pg_run(session, &look, NULL, &result) != ASK_STORE_OK) return failed(session, problems);
  bool schema = ask_pg_read_boolean(result, 0, 0), table = ask_pg_read_boolean(result, 0, 1);
  bool ours = ask_pg_read_integer(result, 0, 2) == 2;
  ask_pg_done(result);
  if (!schema) {
    say(problems, "no-store", "make the schema with CREATE SCHEMA, or name another one in the url",
        "the schema that the url names is not there");
    return false;
  }
  if (!table || !ours) {
    *ret_version = table ? NOT_OURS : 0;
    return true;
  }
  if (ask_pg_run(session, &read, NULL, &result) != ASK_STORE_OK) return failed(session, problems);
  *ret_version = ask_pg_read_integer(result, 0, 0);
  if (*ret_version == 0) *ret_version = NOT_OURS;
  ask_pg_done(result);
  return true;
}

/* One after another in the transaction that has been begun. */
static enum ask_store_status migrate_from(struct ask_pg_session *session, int version) {
  enum ask_store_status status = ask_pg_run_text(session, "set local statement_timeout = 0");
  if (status == ASK_STORE_OK && version == 0) {
    status = ask_pg_run_text(session, "create table schema_version ("
                                      "  product text not null check (product = 'askonce'),"
                                      "  version integer primary key,"
                                      "  applied timestamptz not null default now())");
  }
  for (; status == ASK_STORE_OK && version < ask_pg_schema_version(); version++) {
    for (const char *const *command = migrations[version]; *command && status == ASK_STORE_OK; command++)
      status = ask_pg_run_text(session, *command);
    char note[96];
    snprintf(note, sizeof note, "insert into schema_version (product, version) values ('askonce', %d)", version + 1);
    if (status == ASK_STORE_OK) status = ask_pg_run_text(session, note);
  }
  return status;
}

/* Judges a version that is not this program's. True: it is to be migrated. */
static bool to_migrate(int version, bool create, struct ask_problems *problems) {
  char words[160];
  if (version == NOT_OURS) {
    say(problems, "not-a-store",
        "name another database, or another schema with "
        "?options=-csearch_path%3DNAME",
        "a table schema_version is there that is not askonce's");
  } else if (version > ask_pg_schema_version()) {
    snprintf(words, sizeof words, "the store is of version %d, this program knows versions up to %d", version,
             ask_pg_schema_version());
    say(problems, "newer-store", "use the newer program that made it", words);
  } else if (!create && version == 0) {
    say(problems, "no-store", "askonce serve makes one; is this the right database?", "there is no store of askonce");
  } else if (!create) {
    snprintf(words, sizeof words, "the store is of version %d and has to be migrated to %d", version,
             ask_pg_schema_version());
    say(problems, "older-store", "askonce serve migrates it", words);
  } else {
    return true;
  }
  return false;
}

bool ask_pg_schema_ready(struct ask_pg_session *session, bool create, struct ask_problems *problems) {
  /* Two programs that start at once: the second waits here, and finds it done. */
  static const struct ask_pg_statement lock = {
      .sql = "select pg_advisory_xact_lock(hashtext('askonce'), hashtext(current_schema())) is null",
      .takes = "",
      .gives = "?"};
  int version = 0;
  if (!read_version(session, &version, problems)) return false;
  if (version == ask_pg_schema_version()) return true;
  if (!to_migrate(version, create, problems)) return false;
  ask_pg_start_long(session);
  if (ask_pg_begin(session, false) != ASK_STORE_OK || ask_pg_run(session, &lock, NULL, NULL) != ASK_STORE_OK) {
    failed(session, problems);
    ask_pg_rollback(session);
    return false;
  }
  bool good = read_version(session, &version, problems);
  if (good && version != ask_pg_schema_version()) {
    good = to_migrate(version, create, problems) &&
           ((migrate_from(session, version) == ASK_STORE_OK && ask_pg_end(session) == ASK_STORE_OK) ||
            failed(session, problems));
  }
  ask_pg_rollback(session);
  ask_pg_start(session);
  return good;
}
