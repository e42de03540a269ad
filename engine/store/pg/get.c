/* One revision: the latest, or the one of a number. */
#include "store/pg/pg.h"

#define COLUMNS "select number, key, at, as_of, rules, answers, result from revision "
static const struct ask_pg_statement latest = {
    .sql = COLUMNS "where id = $1 and client_key = $2 and partner = $3 order by number desc limit 1",
    .takes = "ubu",
    .gives = "iubbtyy"};
static const struct ask_pg_statement numbered = {.sql = COLUMNS
                                                 "where id = $1 and client_key = $2 and partner = $3 and number = $4",
                                                 .takes = "ubui",
                                                 .gives = "iubbtyy"};

enum ask_store_status ask_pg_get(void *part, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                 int32_t number, struct ask_arena *arena, struct ask_revision *ret) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_assessment(&values, assessment);
  ask_pg_uuid(&values, partner);
  if (number) ask_pg_integer(&values, number);
  enum ask_store_status status = ask_pg_run(session, number ? &numbered : &latest, &values, &result);
  if (status != ASK_STORE_OK) return status;
  if (ask_pg_rows(result) == 0) {
    status = ASK_STORE_NOT_FOUND;
  } else {
    *ret = (struct ask_revision){
        .assessment = *assessment,
        .partner = *partner,
        .number = ask_pg_read_integer(result, 0, 0),
        .key = ask_pg_read_uuid(result, 0, 1),
        .at = ask_pg_read_bigint(result, 0, 2),
        .as_of = ask_pg_read_bigint(result, 0, 3),
        .answers = ask_pg_read_bytes(result, 0, 5, arena),
        .result = ask_pg_read_bytes(result, 0, 6, arena),
    };
    ask_pg_read_hash(result, 0, 4, ret->rules);
  }
  ask_pg_done(result);
  return status;
}
