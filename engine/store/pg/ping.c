/* Whether the database answers, and whether it would write. */
#include "store/pg/pg.h"

enum ask_store_status ask_pg_ping(void *part) {
  static const struct ask_pg_statement ping = {.sql = "select 1", .takes = "", .gives = "i"};
  struct ask_pg_session *session = part;
  ask_pg_start(session);
  return ask_pg_run(session, &ping, NULL, NULL);
}

enum ask_store_status ask_pg_try_write(void *part) {
  static const struct ask_pg_statement probe = {
      .sql = "insert into probe values (1, now()) on conflict (id) do update set at = excluded.at", .takes = ""};
  struct ask_pg_session *session = part;
  ask_pg_start(session);
  return ask_pg_run(session, &probe, NULL, NULL);
}
