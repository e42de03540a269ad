/* Partners' keys: adding, finding, listing, revoking. */
#include "store/pg/pg.h"

/* The partner is made only along with a key. Two who make the same partner at once: the later waits for the earlier
 * and then has neither made nor seen it, so `partner` is null and it is run again. */
static const struct ask_pg_statement add = {
    .sql =
        "with taken as (select from api_key where id = $1 or hash = $3),"
        " made as (insert into partner (id, name) select $5, $2 where not exists (select from taken)"
        "  and not exists (select from partner where name = $2 or id = $5) on conflict do nothing returning id),"
        " owner as (select id from made union all select id from partner where name = $2),"
        " added as (insert into api_key (id, partner, hash, created, revoked)"
        "  select $1, owner.id, $3, $4, $6 from owner where not exists (select from taken)"
        "  on conflict do nothing returning id) "
        "select exists (select from added), exists (select from taken) or exists (select from partner where id = $5),"
        " (select id from owner)",
    .takes = "uttbub",
    .gives = "??u"};

/* Run again after a lost connection, a key finds itself. */
static const struct ask_pg_statement find_same = {
    .sql = "select partner from api_key where id = $1 and hash = $2 and created = $3", .takes = "utb", .gives = "u"};

static enum ask_store_status is_same(struct ask_pg_session *session, struct ask_partner_key *key) {
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_uuid(&values, &key->id);
  ask_pg_string(&values, key->hash);
  ask_pg_bigint(&values, key->created);
  enum ask_store_status status = ask_pg_run(session, &find_same, &values, &result);
  if (status != ASK_STORE_OK) return status;
  status = ask_pg_rows(result) ? ASK_STORE_OK : ASK_STORE_CONFLICT;
  if (status == ASK_STORE_OK) key->partner = ask_pg_read_uuid(result, 0, 0);
  ask_pg_done(result);
  return status;
}

enum ask_store_status ask_pg_key_add(void *part, struct ask_partner_key *key, const struct ask_uuid *partner_if_new) {
  struct ask_pg_session *session = part;
  ask_pg_start(session);
  struct ask_pg_values values = {0};
  ask_pg_uuid(&values, &key->id);
  ask_pg_string(&values, key->name);
  ask_pg_string(&values, key->hash);
  ask_pg_bigint(&values, key->created);
  ask_pg_uuid(&values, partner_if_new);
  ask_pg_bigint(&values, key->revoked);
  for (int tries = 1;; tries++) {
    struct pg_result *result = NULL;
    enum ask_store_status status = ask_pg_run(session, &add, &values, &result);
    if (status != ASK_STORE_OK) return status;
    bool added = ask_pg_read_boolean(result, 0, 0), taken = ask_pg_read_boolean(result, 0, 1);
    if (added) key->partner = ask_pg_read_uuid(result, 0, 2);
    ask_pg_done(result);
    if (added) return ASK_STORE_OK;
    if (taken && session->twice) return is_same(session, key);
    if (taken) return ask_pg_say(session, ASK_STORE_CONFLICT, "this key or its partner's id is there already");
    if (tries == ASK_PG_TRIES) return ask_pg_say(session, ASK_STORE_AWAY, "others add keys at the same time");
  }
}

#define COLUMNS                                                                \
  "select k.id, k.partner, p.name, k.hash, k.created, k.revoked from api_key " \
  "k join partner p on p.id = k.partner "
static const struct ask_pg_statement find = {.sql = COLUMNS "where k.hash = $1", .takes = "t", .gives = "uuttbb"};
static const struct ask_pg_statement list = {.sql = COLUMNS "order by k.created, k.id", .takes = "", .gives = "uuttbb"};

static void read_key(const struct pg_result *result, size_t row, struct ask_arena *arena, struct ask_partner_key *ret) {
  *ret = (struct ask_partner_key){
      .id = ask_pg_read_uuid(result, row, 0),
      .partner = ask_pg_read_uuid(result, row, 1),
      .name = ask_pg_read_string(result, row, 2, arena),
      .created = ask_pg_read_bigint(result, row, 4),
      .revoked = ask_pg_read_bigint(result, row, 5),
  };
  ask_pg_read_hash(result, row, 3, ret->hash);
}

enum ask_store_status ask_pg_key_find(void *part, const char *hash, struct ask_arena *arena,
                                      struct ask_partner_key *ret) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, hash);
  enum ask_store_status status = ask_pg_run(session, &find, &values, &result);
  if (status != ASK_STORE_OK) return status;
  if (ask_pg_rows(result))
    read_key(result, 0, arena, ret);
  else
    status = ASK_STORE_NOT_FOUND;
  ask_pg_done(result);
  return status;
}

enum ask_store_status ask_pg_keys(void *part, struct ask_arena *arena, struct ask_partner_key **ret,
                                  size_t *ret_count) {
  struct ask_pg_session *session = part;
  struct pg_result *result = NULL;
  ask_pg_start(session);
  enum ask_store_status status = ask_pg_run(session, &list, NULL, &result);
  if (status != ASK_STORE_OK) return status;
  size_t count = ask_pg_rows(result);
  struct ask_partner_key *keys = ask_alloc_array(arena, count, sizeof *keys);
  for (size_t i = 0; i < count; i++) read_key(result, i, arena, &keys[i]);
  ask_pg_done(result);
  *ret = keys;
  *ret_count = count;
  return ASK_STORE_OK;
}

enum ask_store_status ask_pg_key_revoke(void *part, const struct ask_uuid *id, int64_t at) {
  static const struct ask_pg_statement revoke = {
      .sql = "with revoked as (update api_key set revoked = $2 where id = $1 and revoked = 0) "
             "select 1 from api_key where id = $1",
      .takes = "ub",
      .gives = "i"};
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_uuid(&values, id);
  ask_pg_bigint(&values, at);
  enum ask_store_status status = ask_pg_run(session, &revoke, &values, &result);
  if (status != ASK_STORE_OK) return status;
  if (ask_pg_rows(result) == 0) status = ASK_STORE_NOT_FOUND;
  ask_pg_done(result);
  return status;
}
