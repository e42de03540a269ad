/* Adds a partner's key, and the partner if the name is new. */
#include "store/sqlite/sqlite.h"

/* The partner of that name. NOT_FOUND when there is none. */
static enum ask_store_status find_partner(struct ask_sqlite_session *session, const char *name, struct ask_uuid *ret) {
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, "select id from partner where name = ?1");
  if (!statement) return session->status;
  ask_sqlite_bind_string(statement, 1, name);
  enum ask_store_status status = ASK_STORE_OK;
  if (!ask_sqlite_row(session, statement))
    status = session->status == ASK_STORE_OK ? ASK_STORE_NOT_FOUND : session->status;
  else if (!ask_sqlite_column_uuid(session, statement, 0, ret))
    status = session->status;
  ask_sqlite_done(statement);
  return status;
}

static enum ask_store_status add_partner(struct ask_sqlite_session *session, const char *name,
                                         const struct ask_uuid *id) {
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, "insert into partner (id, name) values (?1, ?2)");
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, id);
  ask_sqlite_bind_string(statement, 2, name);
  return ask_sqlite_run(session, statement, NULL);
}

static enum ask_store_status add_key(struct ask_sqlite_session *session, const struct ask_partner_key *key,
                                     const struct ask_uuid *partner) {
  static const char sql[] = "insert into api_key (id, partner, hash, created, revoked) values (?1, ?2, ?3, ?4, ?5)";
  struct sqlite3_stmt *statement = ask_sqlite_statement(session, sql);
  if (!statement) return session->status;
  ask_sqlite_bind_uuid(statement, 1, &key->id);
  ask_sqlite_bind_uuid(statement, 2, partner);
  ask_sqlite_bind_string(statement, 3, key->hash);
  ask_sqlite_bind_integer(statement, 4, key->created);
  ask_sqlite_bind_integer(statement, 5, key->revoked);
  return ask_sqlite_run(session, statement, NULL);
}

enum ask_store_status ask_sqlite_key_add(void *part, struct ask_partner_key *key,
                                         const struct ask_uuid *partner_if_new) {
  struct ask_sqlite_session *session = part;
  struct ask_uuid partner = {0};
  enum ask_store_status status = ask_sqlite_begin(session, true);
  if (status != ASK_STORE_OK) return status;
  status = find_partner(session, key->name, &partner);
  if (status == ASK_STORE_NOT_FOUND) {
    partner = *partner_if_new;
    status = add_partner(session, key->name, &partner);
  }
  if (status == ASK_STORE_OK) status = add_key(session, key, &partner);
  if (status == ASK_STORE_OK)
    status = ask_sqlite_commit(session);
  else
    ask_sqlite_rollback(session);
  if (status == ASK_STORE_OK) key->partner = partner;
  return status;
}
