/* What an idempotency key made. */
#include "store/pg/pg.h"

static const struct ask_pg_statement find = {
    .sql = "select fingerprint = $3, assessment, number from idempotency where partner = $1 and key = $2",
    .takes = "uyy",
    .gives = "?ui"};

enum ask_store_status ask_pg_repeated(void *part, const struct ask_uuid *partner, struct ask_text idempotency_key,
                                      const unsigned char fingerprint[32], struct ask_uuid *ret_assessment,
                                      int32_t *ret_number) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_uuid(&values, partner);
  ask_pg_bytes(&values, idempotency_key.bytes, idempotency_key.length);
  ask_pg_bytes(&values, fingerprint, 32);
  enum ask_store_status status = ask_pg_run(session, &find, &values, &result);
  if (status != ASK_STORE_OK) return status;
  if (ask_pg_rows(result) == 0) {
    status = ASK_STORE_NOT_FOUND;
  } else if (!ask_pg_read_boolean(result, 0, 0)) {
    status = ASK_STORE_KEY_REUSED;
  } else {
    status = ASK_STORE_REPEATED;
    *ret_assessment = ask_pg_read_uuid(result, 0, 1);
    *ret_number = ask_pg_read_integer(result, 0, 2);
  }
  ask_pg_done(result);
  return status;
}
