/* The revisions of one assessment, without their results. */
#include "store/pg/pg.h"

/* The number of the latest comes in each row; when none is left after `after`, in a row of its own. */
static const struct ask_pg_statement lines = {
    .sql = "with latest as (select max(number) as number from revision"
           "  where id = $1 and client_key = $2 and partner = $3),"
           " lines as (select number, at, as_of, key, rules, answers from revision"
           "  where id = $1 and client_key = $2 and partner = $3 and number > $4 order by number limit $5) "
           "select latest.number, lines.number, at, as_of, key, rules, answers "
           "from latest left join lines on true where latest.number is not null order by lines.number",
    .takes = "ubuii",
    .gives = "iibbuty"};

enum ask_store_status ask_pg_revisions(void *part, const struct ask_uuid *partner, const struct ask_uuid *assessment,
                                       int32_t after, int32_t limit, struct ask_arena *arena,
                                       struct ask_revision_line **ret, size_t *ret_count, int32_t *ret_latest) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_assessment(&values, assessment);
  ask_pg_uuid(&values, partner);
  ask_pg_integer(&values, after);
  ask_pg_integer(&values, limit);
  enum ask_store_status status = ask_pg_run(session, &lines, &values, &result);
  if (status != ASK_STORE_OK) return status;
  size_t rows = ask_pg_rows(result);
  if (rows == 0) {
    status = ASK_STORE_NOT_FOUND;
  } else {
    size_t count = ask_pg_is_null(result, 0, 1) ? 0 : rows;
    struct ask_revision_line *list = ask_alloc_array(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
      list[i] = (struct ask_revision_line){
          .number = ask_pg_read_integer(result, i, 1),
          .at = ask_pg_read_bigint(result, i, 2),
          .as_of = ask_pg_read_bigint(result, i, 3),
          .key = ask_pg_read_uuid(result, i, 4),
          .answers = ask_pg_read_bytes(result, i, 6, arena),
      };
      ask_pg_read_hash(result, i, 5, list[i].rules);
    }
    *ret = list;
    *ret_count = count;
    *ret_latest = ask_pg_read_integer(result, 0, 0);
  }
  ask_pg_done(result);
  return status;
}
