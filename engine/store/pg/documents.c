/* Documents: each operation is one statement, and so a transaction of its own.
 *
 * Why READ COMMITTED is right. Keys change only along with their document's version. A statement that replaces version n finds
 * the row by that version in its snapshot, and PostgreSQL looks at the row once more when it has its lock: where somebody was
 * faster, nothing is written at all; where nobody was, the keys of the snapshot are those of version n. That a unique key is
 * another's is for its index to say, which waits for whoever writes the same at that moment. */
#include <string.h>

#include "store/pg/pg.h"

/* $1 kind, $2 id, $3 version, $4 at, $5 body, $6 keys, $7 those of them that are unique */
#define ROWS "select $1, $2, one.key, one.key = any ($7) from written, unnest($6) as one (key)"
static const struct ask_pg_statement make = {
    .sql = "with written as (insert into document (kind, id, version, at, body) values ($1, $2, $3, $4, $5)"
           "  on conflict do nothing returning id),"
           " added as (insert into document_key (kind, id, key, is_unique) " ROWS ") "
           "select exists (select from written), true",
    .takes = "tuibyYY",
    .gives = "??"};
static const struct ask_pg_statement replace = {
    .sql = "with written as (update document set version = $3, at = $4, body = $5"
           "  where kind = $1 and id = $2 and version = $3 - 1 returning id),"
           " gone as (delete from document_key where kind = $1 and id = $2 and key <> all ($6)"
           "  and exists (select from written)),"
           " added as (insert into document_key (kind, id, key, is_unique) " ROWS
           "  on conflict (kind, id, key) do update set is_unique = excluded.is_unique"
           "  where document_key.is_unique <> excluded.is_unique) "
           "select exists (select from written), exists (select from document where kind = $1 and id = $2)",
    .takes = "tuibyYY",
    .gives = "??"};
static const struct ask_pg_statement find_same = {
    .sql = "select 1 from document where kind = $1 and id = $2 and version = $3 and at = $4 and body = $5",
    .takes = "tuiby",
    .gives = "i"};
static const struct ask_pg_statement get = {
    .sql = "select id, version, at, body from document where kind = $1 and id = $2", .takes = "tu", .gives = "uiby"};
static const struct ask_pg_statement find_all = {
    .sql = "select id, version, at, body, 0::bigint from document where kind = $1 order by id desc limit $2 offset $3",
    .takes = "tii",
    .gives = "uibyb"};
/* Texts are read of those alone that are given. */
static const struct ask_pg_statement find_some = {
    .sql = "select d.id, d.version, d.at, d.body, m.matches from"
           " (select id, count(*) as matches from document_key where kind = $1 and key = any ($4)"
           "  group by id order by matches desc, id desc limit $2 offset $3) m"
           " join document d on d.kind = $1 and d.id = m.id order by m.matches desc, m.id desc",
    .takes = "tiiY",
    .gives = "uibyb"};
/* Its keys go with it (on delete cascade). */
static const struct ask_pg_statement remove_one = {
    .sql = "with gone as (delete from document where kind = $1 and id = $2 and version = $3 returning id) "
           "select exists (select from gone), exists (select from document where kind = $1 and id = $2)",
    .takes = "tui",
    .gives = "??"};

/* ---- writing ---- */

static void values_of(const struct ask_document *document, struct ask_pg_values *ret) {
  ask_pg_string(ret, document->kind);
  ask_pg_uuid(ret, &document->id);
  ask_pg_integer(ret, document->version);
  ask_pg_bigint(ret, document->at);
  ask_pg_bytes(ret, document->body.bytes, document->body.length);
}

/* Run again after a lost connection, a version finds itself. */
static enum ask_store_status is_same(struct ask_pg_session *session, const struct ask_document *document) {
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  values_of(document, &values);
  enum ask_store_status status = ask_pg_run(session, &find_same, &values, &result);
  if (status != ASK_STORE_OK) return status;
  bool same = ask_pg_rows(result) > 0;
  ask_pg_done(result);
  return same ? ASK_STORE_OK : ask_pg_say(session, ASK_STORE_CONFLICT, "another version is the latest");
}

/* First column: done; second: the document is there. */
static enum ask_store_status outcome(struct ask_pg_session *session, struct pg_result *result) {
  bool done = ask_pg_read_boolean(result, 0, 0), there = ask_pg_read_boolean(result, 0, 1);
  ask_pg_done(result);
  if (done) return ASK_STORE_OK;
  return there ? ask_pg_say(session, ASK_STORE_CONFLICT, "another version is the latest")
               : ask_pg_say(session, ASK_STORE_NOT_FOUND, "there is no such document");
}

enum ask_store_status ask_pg_document_put(void *part, const struct ask_document *document,
                                          const struct ask_document_key *keys, size_t key_count) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct ask_buffer all = {0}, unique = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_array_of_keys(&all, keys, key_count, false);
  ask_pg_array_of_keys(&unique, keys, key_count, true);
  values_of(document, &values);
  ask_pg_bytes(&values, all.bytes, all.length);
  ask_pg_bytes(&values, unique.bytes, unique.length);
  session->state[0] = '\0';
  enum ask_store_status status = ask_pg_run(session, document->version == 1 ? &make : &replace, &values, &result);
  if (status == ASK_STORE_OK) {
    bool twice = session->twice;
    status = outcome(session, result);
    if (status == ASK_STORE_CONFLICT && twice) status = is_same(session, document);
  } else if (strcmp(session->state, "23505") == 0) {
    status = ask_pg_say(session, ASK_STORE_CONFLICT, "another document of the kind has this unique key");
  }
  ask_buffer_free(&all);
  ask_buffer_free(&unique);
  return status;
}

enum ask_store_status ask_pg_document_remove(void *part, const char *kind, const struct ask_uuid *id, int32_t version) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, kind);
  ask_pg_uuid(&values, id);
  ask_pg_integer(&values, version);
  enum ask_store_status status = ask_pg_run(session, &remove_one, &values, &result);
  if (status != ASK_STORE_OK) return status;
  bool twice = session->twice;
  status = outcome(session, result);
  /* Run again after a lost connection: it is gone, as was asked. */
  return status == ASK_STORE_NOT_FOUND && twice ? ASK_STORE_OK : status;
}

/* ---- reading ---- */

static struct ask_document read_document(const struct pg_result *result, size_t row, const char *kind,
                                         struct ask_arena *arena) {
  return (struct ask_document){.kind = ask_strdup(arena, kind),
                               .id = ask_pg_read_uuid(result, row, 0),
                               .version = ask_pg_read_integer(result, row, 1),
                               .at = ask_pg_read_bigint(result, row, 2),
                               .body = ask_pg_read_bytes(result, row, 3, arena)};
}

enum ask_store_status ask_pg_document_get(void *part, const char *kind, const struct ask_uuid *id,
                                          struct ask_arena *arena, struct ask_document *ret) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, kind);
  ask_pg_uuid(&values, id);
  enum ask_store_status status = ask_pg_run(session, &get, &values, &result);
  if (status != ASK_STORE_OK) return status;
  if (ask_pg_rows(result))
    *ret = read_document(result, 0, kind, arena);
  else
    status = ASK_STORE_NOT_FOUND;
  ask_pg_done(result);
  return status;
}

enum ask_store_status ask_pg_document_find(void *part, const char *kind, const struct ask_document_key *keys,
                                           size_t key_count, int32_t skip, int32_t limit, struct ask_arena *arena,
                                           struct ask_document **ret, int32_t **ret_matches, size_t *ret_count) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct ask_buffer all = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, kind);
  ask_pg_integer(&values, limit);
  ask_pg_integer(&values, skip);
  ask_pg_array_of_keys(&all, keys, key_count, false);
  if (key_count) ask_pg_bytes(&values, all.bytes, all.length);
  enum ask_store_status status = ask_pg_run(session, key_count ? &find_some : &find_all, &values, &result);
  ask_buffer_free(&all);
  if (status != ASK_STORE_OK) return status;
  size_t count = ask_pg_rows(result);
  struct ask_document *list = ask_alloc_array(arena, count, sizeof *list);
  int32_t *matches = ask_alloc_array(arena, count, sizeof *matches);
  for (size_t i = 0; i < count; i++) {
    list[i] = read_document(result, i, kind, arena);
    matches[i] = (int32_t)ask_pg_read_bigint(result, i, 4);
  }
  ask_pg_done(result);
  *ret = list;
  *ret_matches = matches;
  *ret_count = count;
  return ASK_STORE_OK;
}
