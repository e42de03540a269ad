/* The tables as walks, imports and verifications see them. The hot path has statements of its own (get.c, commit.c). */
#include "store/pg/tables.h"

#include <string.h>

/* Beginnings: no key is empty and no number 0, so "after nothing" is after those. An identifier could be all zeros;
 * partners and keys are few, so theirs compare with one more column, 0 for "this one too". */
#define PARTNER "select id, name from partner where "
#define KEY "select id, partner, hash, created, revoked from api_key where "
#define REVISION                                                             \
  "select id, number, partner, key, at, as_of, rules, answers, result from " \
  "revision where "
#define IDEMPOTENCY                                                        \
  "select partner, key, fingerprint, assessment, number from idempotency " \
  "where "
/* Its keys in one column: for each whether it is unique (a byte), its length (a byte) and the text. */
#define DOCUMENT                                                                                            \
  "select kind, id, version, at, body, (select string_agg(set_byte(set_byte('\\x0000'::bytea, 0,"           \
  " k.is_unique::integer), 1, octet_length(k.key)) || k.key, ''::bytea order by k.key) from document_key k" \
  " where k.kind = document.kind and k.id = document.id) from document where "
static const struct ask_pg_table tables[] = {
    [ASK_TABLE_PARTNER] = {{PARTNER "(id, 1) > ($1, $2) order by id limit $3", "uib", "ut"},
                           {PARTNER "id = $1", "u", "ut"},
                           {"insert into partner values ($1, $2) on conflict do nothing", "ut", NULL}},
    [ASK_TABLE_KEY] = {{KEY "(id, 1) > ($1, $2) order by id limit $3", "uib", "uutbb"},
                       {KEY "id = $1", "u", "uutbb"},
                       {"insert into api_key (id, partner, hash, created, revoked) values ($1, $2, $3, $4, $5) "
                        "on conflict do nothing",
                        "uutbb", NULL}},
    [ASK_TABLE_RULES] =
        {{"select hash, path, bytes from (select hash from rules where hash > $1 order by hash limit $2) "
          "as page left join rule_file on rules = hash order by hash, path",
          "tb", "tty"},
         {"select hash, path, bytes from rules left join rule_file on rules = hash where hash = $1 order by path", "t",
          "tty"},
         {"with added as (insert into rules (hash) values ($1) on conflict do nothing returning hash) "
          "insert into rule_file (rules, path, bytes) "
          "select added.hash, file.path, file.bytes from added, unnest($2, $3) as file (path, bytes)",
          "tTY", NULL}},
    [ASK_TABLE_REVISION] = {{REVISION "(id, number) > ($1, $2) order by id, client_key, number limit $3", "uib",
                             "uiuubbtyy"},
                            {REVISION "id = $1 and client_key = $2 and number = $3", "ubi", "uiuubbtyy"},
                            {"insert into revision (id, client_key, number, partner, key, at, as_of, rules, answers,"
                             " result) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
                             "ubiuubbtyy", NULL}},
    [ASK_TABLE_IDEMPOTENCY] = {{IDEMPOTENCY "(partner, key) > ($1, $2) order by partner, key limit $3", "uyb", "uyyui"},
                               {IDEMPOTENCY "partner = $1 and key = $2", "uy", "uyyui"},
                               {"insert into idempotency (partner, key, fingerprint, assessment, number) "
                                "values ($1, $2, $3, $4, $5) on conflict do nothing",
                                "uyyui", NULL}},
    [ASK_TABLE_DOCUMENT] = {{DOCUMENT "(kind, id) > ($1, $2) order by kind, id limit $3", "tub", "tuibyy"},
                            {DOCUMENT "kind = $1 and id = $2", "tu", "tuibyy"},
                            {"with added as (insert into document (kind, id, version, at, body) "
                             "values ($1, $2, $3, $4, $5) on conflict do nothing returning id),"
                             " keys as (insert into document_key (kind, id, key, is_unique)"
                             " select $1, $2, one.key, one.key = any ($7) from added, unnest($6) as one (key)) "
                             "select 1 from added",
                             "tuibyYY", "i"}},
};

const struct ask_pg_table *ask_pg_table(enum ask_table table) { return &tables[table]; }

void ask_pg_values_after(enum ask_table table, const struct ask_cursor *cursor, size_t limit,
                         struct ask_pg_values *ret) {
  static const struct ask_cursor beginning = {0};
  bool within = cursor->table == table;
  if (!within) cursor = &beginning;
  memset(ret, 0, sizeof *ret);
  if (table == ASK_TABLE_RULES)
    ask_pg_string(ret, cursor->hash);
  else if (table == ASK_TABLE_DOCUMENT)
    ask_pg_bytes(ret, cursor->bytes, cursor->length);
  if (table != ASK_TABLE_RULES) ask_pg_uuid(ret, &cursor->id);
  if (table == ASK_TABLE_PARTNER || table == ASK_TABLE_KEY) ask_pg_integer(ret, within);
  if (table == ASK_TABLE_REVISION) ask_pg_integer(ret, cursor->number);
  if (table == ASK_TABLE_IDEMPOTENCY) ask_pg_bytes(ret, cursor->bytes, cursor->length);
  ask_pg_bigint(ret, (int64_t)limit);
}

void ask_pg_values_one(const struct ask_any_row *row, struct ask_pg_values *ret) {
  memset(ret, 0, sizeof *ret);
  switch (row->table) {
  case ASK_TABLE_PARTNER: ask_pg_uuid(ret, &row->partner.id); break;
  case ASK_TABLE_KEY: ask_pg_uuid(ret, &row->key.id); break;
  case ASK_TABLE_RULES: ask_pg_string(ret, row->rules.hash); break;
  case ASK_TABLE_REVISION:
    ask_pg_assessment(ret, &row->revision.assessment);
    ask_pg_integer(ret, row->revision.number);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    ask_pg_uuid(ret, &row->idempotency.partner);
    ask_pg_bytes(ret, row->idempotency.key.bytes, row->idempotency.key.length);
    break;
  case ASK_TABLE_DOCUMENT:
    ask_pg_bytes(ret, row->document.kind.bytes, row->document.kind.length);
    ask_pg_uuid(ret, &row->document.id);
    break;
  case ASK_TABLE_NONE: break;
  }
}

/* The files of rules as two arrays, copied into the arena. */
static void files_as_arrays(const struct ask_rules_row *rules, struct ask_arena *arena, struct ask_pg_values *ret) {
  struct ask_buffer paths = {0}, bytes = {0};
  ask_pg_array_start(&paths, 't', rules->count);
  ask_pg_array_start(&bytes, 'y', rules->count);
  for (size_t i = 0; i < rules->count; i++) {
    ask_pg_array_add(&paths, rules->files[i].path, strlen(rules->files[i].path));
    ask_pg_array_add(&bytes, rules->files[i].bytes.bytes, rules->files[i].bytes.length);
  }
  ask_pg_bytes(ret, ask_strndup(arena, paths.bytes, paths.length), paths.length);
  ask_pg_bytes(ret, ask_strndup(arena, bytes.bytes, bytes.length), bytes.length);
  ask_buffer_free(&paths);
  ask_buffer_free(&bytes);
}

/* All keys, or the unique ones, as an array in the arena. */
static void keys_as_array(const struct ask_document_row *row, bool unique_only, struct ask_arena *arena,
                          struct ask_pg_values *ret) {
  struct ask_buffer array = {0};
  ask_pg_array_of_keys(&array, row->keys, row->count, unique_only);
  ask_pg_bytes(ret, ask_strndup(arena, array.bytes, array.length), array.length);
  ask_buffer_free(&array);
}

void ask_pg_values_insert(const struct ask_any_row *row, struct ask_arena *arena, struct ask_pg_values *ret) {
  ask_pg_values_one(row, ret); /* every table begins with its key */
  switch (row->table) {
  case ASK_TABLE_PARTNER: ask_pg_bytes(ret, row->partner.name.bytes, row->partner.name.length); break;
  case ASK_TABLE_KEY:
    ask_pg_uuid(ret, &row->key.partner);
    ask_pg_string(ret, row->key.hash);
    ask_pg_bigint(ret, row->key.created);
    ask_pg_bigint(ret, row->key.revoked);
    break;
  case ASK_TABLE_RULES: files_as_arrays(&row->rules, arena, ret); break;
  case ASK_TABLE_REVISION:
    ask_pg_uuid(ret, &row->revision.partner);
    ask_pg_uuid(ret, &row->revision.key);
    ask_pg_bigint(ret, row->revision.at);
    ask_pg_bigint(ret, row->revision.as_of);
    ask_pg_string(ret, row->revision.rules);
    ask_pg_bytes(ret, row->revision.answers.bytes, row->revision.answers.length);
    ask_pg_bytes(ret, row->revision.result.bytes, row->revision.result.length);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    ask_pg_bytes(ret, row->idempotency.fingerprint, sizeof row->idempotency.fingerprint);
    ask_pg_uuid(ret, &row->idempotency.assessment);
    ask_pg_integer(ret, row->idempotency.number);
    break;
  case ASK_TABLE_DOCUMENT:
    ask_pg_integer(ret, row->document.version);
    ask_pg_bigint(ret, row->document.at);
    ask_pg_bytes(ret, row->document.body.bytes, row->document.body.length);
    keys_as_array(&row->document, false, arena, ret);
    keys_as_array(&row->document, true, arena, ret);
    break;
  case ASK_TABLE_NONE: break;
  }
}

/* ---- reading ---- */

/* The column of keys, as DOCUMENT makes it. */
static void read_keys(struct ask_text column, struct ask_arena *arena, struct ask_document_row *row) {
  size_t capacity = 0;
  for (size_t at = 0; at + 2 <= column.length;) {
    size_t length = (unsigned char)column.bytes[at + 1];
    if (length > column.length - at - 2) return;
    struct ask_document_key *key = ask_push(arena, &row->keys, &row->count, &capacity, sizeof *key);
    *key = (struct ask_document_key){{column.bytes + at + 2, length}, column.bytes[at] != 0};
    at += 2 + length;
  }
}

static void read_row(enum ask_table table, const struct pg_result *result, size_t i, struct ask_arena *arena,
                     struct ask_any_row *ret) {
  *ret = (struct ask_any_row){.table = table};
  switch (table) {
  case ASK_TABLE_PARTNER:
    ret->partner.id = ask_pg_read_uuid(result, i, 0);
    ret->partner.name = ask_pg_read_bytes(result, i, 1, arena);
    break;
  case ASK_TABLE_KEY:
    ret->key.id = ask_pg_read_uuid(result, i, 0);
    ret->key.partner = ask_pg_read_uuid(result, i, 1);
    ask_pg_read_hash(result, i, 2, ret->key.hash);
    ret->key.created = ask_pg_read_bigint(result, i, 3);
    ret->key.revoked = ask_pg_read_bigint(result, i, 4);
    break;
  case ASK_TABLE_REVISION:
    ret->revision.assessment = ask_pg_read_uuid(result, i, 0);
    ret->revision.number = ask_pg_read_integer(result, i, 1);
    ret->revision.partner = ask_pg_read_uuid(result, i, 2);
    ret->revision.key = ask_pg_read_uuid(result, i, 3);
    ret->revision.at = ask_pg_read_bigint(result, i, 4);
    ret->revision.as_of = ask_pg_read_bigint(result, i, 5);
    ask_pg_read_hash(result, i, 6, ret->revision.rules);
    ret->revision.answers = ask_pg_read_bytes(result, i, 7, arena);
    ret->revision.result = ask_pg_read_bytes(result, i, 8, arena);
    break;
  case ASK_TABLE_IDEMPOTENCY:
    ret->idempotency.partner = ask_pg_read_uuid(result, i, 0);
    ret->idempotency.key = ask_pg_read_bytes(result, i, 1, arena);
    if (ask_pg_read_bytes(result, i, 2, arena).length == sizeof ret->idempotency.fingerprint)
      memcpy(ret->idempotency.fingerprint, ask_pg_read_string(result, i, 2, arena),
             sizeof ret->idempotency.fingerprint);
    ret->idempotency.assessment = ask_pg_read_uuid(result, i, 3);
    ret->idempotency.number = ask_pg_read_integer(result, i, 4);
    break;
  case ASK_TABLE_DOCUMENT:
    ret->document.kind = ask_pg_read_bytes(result, i, 0, arena);
    ret->document.id = ask_pg_read_uuid(result, i, 1);
    ret->document.version = ask_pg_read_integer(result, i, 2);
    ret->document.at = ask_pg_read_bigint(result, i, 3);
    ret->document.body = ask_pg_read_bytes(result, i, 4, arena);
    read_keys(ask_pg_read_bytes(result, i, 5, arena), arena, &ret->document);
    break;
  default: break;
  }
}

/* A row for each file, or one without a path; those of one hash stand together. */
static void read_rules(const struct pg_result *result, struct ask_arena *arena, struct ask_any_row *rows,
                       size_t *ret_count) {
  size_t total = ask_pg_rows(result), count = 0;
  struct ask_rule_file *files = ask_alloc_array(arena, total, sizeof *files);
  for (size_t i = 0; i < total; i++) {
    struct ask_any_row row = {.table = ASK_TABLE_RULES};
    ask_pg_read_hash(result, i, 0, row.rules.hash);
    if (!count || strcmp(rows[count - 1].rules.hash, row.rules.hash) != 0) {
      row.rules.files = &files[i];
      rows[count++] = row;
    }
    if (ask_pg_is_null(result, i, 1)) continue;
    files[i].path = ask_pg_read_string(result, i, 1, arena);
    files[i].bytes = ask_pg_read_bytes(result, i, 2, arena);
    rows[count - 1].rules.count++;
  }
  *ret_count = count;
}

void ask_pg_read_rows(enum ask_table table, const struct pg_result *result, struct ask_arena *arena,
                      struct ask_any_row **ret, size_t *ret_count) {
  size_t count = ask_pg_rows(result);
  *ret = ask_alloc_array(arena, count, sizeof **ret);
  *ret_count = count;
  if (table == ASK_TABLE_RULES) {
    read_rules(result, arena, *ret, ret_count);
    return;
  }
  for (size_t i = 0; i < count; i++) read_row(table, result, i, arena, &(*ret)[i]);
}
