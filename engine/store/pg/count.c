/* How many rows of each kind there are, at one moment. */
#include "store/pg/pg.h"

enum ask_store_status ask_pg_count(void *part, struct ask_store_counts *ret) {
  static const struct ask_pg_statement count = {
      .sql = "select (select count(*) from partner), (select count(*) from api_key), (select count(*) from rules),"
             " count(*) filter (where number = 1), count(*), (select count(*) from idempotency),"
             " (select count(*) from document) from revision",
      .takes = "",
      .gives = "bbbbbbb"};
  struct ask_pg_session *session = part;
  struct pg_result *result = NULL;
  bool within = session->in_transaction; /* of a backup */
  ask_pg_start_long(session);
  enum ask_store_status status = within ? ASK_STORE_OK : ask_pg_begin(session, true);
  if (status == ASK_STORE_OK) status = ask_pg_run(session, &count, NULL, &result);
  if (status == ASK_STORE_OK) {
    *ret = (struct ask_store_counts){
        .partners = ask_pg_read_bigint(result, 0, 0),
        .keys = ask_pg_read_bigint(result, 0, 1),
        .rules = ask_pg_read_bigint(result, 0, 2),
        .assessments = ask_pg_read_bigint(result, 0, 3),
        .revisions = ask_pg_read_bigint(result, 0, 4),
        .idempotency_keys = ask_pg_read_bigint(result, 0, 5),
        .documents = ask_pg_read_bigint(result, 0, 6),
    };
  }
  ask_pg_done(result);
  if (!within) ask_pg_rollback(session);
  return status;
}
