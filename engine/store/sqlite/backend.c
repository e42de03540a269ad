/* The SQLite backend: its table of operations. */
#include "store/backend.h"

#include "store/sqlite/sqlite.h"

const struct ask_backend *ask_backend_sqlite(void) {
  static const struct ask_backend backend = {
      .kind = "sqlite",
      .remote = false,
      .open = ask_sqlite_open,
      .close = ask_sqlite_close,
      .session_open = ask_sqlite_session_open,
      .session_close = ask_sqlite_session_close,
      .ping = ask_sqlite_ping,
      .try_write = ask_sqlite_try_write,
      .get = ask_sqlite_get,
      .revisions = ask_sqlite_revisions,
      .repeated = ask_sqlite_repeated,
      .key_add = ask_sqlite_key_add,
      .key_find = ask_sqlite_key_find,
      .keys = ask_sqlite_keys,
      .key_revoke = ask_sqlite_key_revoke,
      .rules_put = ask_sqlite_rules_put,
      .rules_get = ask_sqlite_rules_get,
      .document_put = ask_sqlite_document_put,
      .document_get = ask_sqlite_document_get,
      .document_find = ask_sqlite_document_find,
      .document_remove = ask_sqlite_document_remove,
      .commit = ask_sqlite_commit_group,
      .walk = ask_sqlite_walk,
      .import = ask_sqlite_import,
      .import_cursor = ask_sqlite_import_cursor,
      .verify = ask_sqlite_verify,
      .count = ask_sqlite_count,
      .check = ask_sqlite_check,
      .backup = ask_sqlite_backup,
  };
  return &backend;
}
