/* The PostgreSQL backend: its table of operations. */
#include "store/backend.h"

#include "store/pg/pg.h"

const struct ask_backend *ask_backend_pg(void) {
  static const struct ask_backend backend = {
      .kind = "postgresql",
      .remote = true,
      .open = ask_pg_open,
      .close = ask_pg_close,
      .session_open = ask_pg_session_open,
      .session_close = ask_pg_session_close,
      .ping = ask_pg_ping,
      .try_write = ask_pg_try_write,
      .get = ask_pg_get,
      .revisions = ask_pg_revisions,
      .repeated = ask_pg_repeated,
      .key_add = ask_pg_key_add,
      .key_find = ask_pg_key_find,
      .keys = ask_pg_keys,
      .key_revoke = ask_pg_key_revoke,
      .rules_put = ask_pg_rules_put,
      .rules_get = ask_pg_rules_get,
      .document_put = ask_pg_document_put,
      .document_get = ask_pg_document_get,
      .document_find = ask_pg_document_find,
      .document_remove = ask_pg_document_remove,
      .commit = ask_pg_commit,
      .walk = ask_pg_walk,
      .import = ask_pg_import,
      .import_cursor = ask_pg_import_cursor,
      .verify = ask_pg_verify,
      .count = ask_pg_count,
      .check = ask_pg_check,
      .backup = ask_pg_backup,
  };
  return &backend;
}
