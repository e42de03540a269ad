/* Recorded rules: a set of files by its hash. */
#include <string.h>

#include "store/pg/pg.h"

/* All or nothing, once: who comes second waits for the first and leaves it at that. */
static const struct ask_pg_statement put = {
    .sql = "with added as (insert into rules (hash) values ($1) on conflict do nothing returning hash) "
           "insert into rule_file (rules, path, bytes) "
           "select added.hash, file.path, file.bytes from added, unnest($2, $3) as file (path, bytes)",
    .takes = "tTY"};
static const struct ask_pg_statement get = {
    .sql = "select path, bytes from rules left join rule_file on rules = hash where hash = $1 order by path",
    .takes = "t",
    .gives = "ty"};

enum ask_store_status ask_pg_rules_put(void *part, const char *hash, const struct ask_rule_file *files, size_t count) {
  struct ask_pg_session *session = part;
  struct ask_buffer paths = {0}, bytes = {0};
  ask_pg_start(session);
  ask_pg_array_start(&paths, 't', count);
  ask_pg_array_start(&bytes, 'y', count);
  for (size_t i = 0; i < count; i++) {
    ask_pg_array_add(&paths, files[i].path, strlen(files[i].path));
    ask_pg_array_add(&bytes, files[i].bytes.bytes, files[i].bytes.length);
  }
  struct ask_pg_values values = {0};
  ask_pg_string(&values, hash);
  ask_pg_bytes(&values, paths.bytes, paths.length);
  ask_pg_bytes(&values, bytes.bytes, bytes.length);
  enum ask_store_status status = ask_pg_run(session, &put, &values, NULL);
  ask_buffer_free(&paths);
  ask_buffer_free(&bytes);
  return status;
}

enum ask_store_status ask_pg_rules_get(void *part, const char *hash, struct ask_arena *arena,
                                       struct ask_rule_file **ret, size_t *ret_count) {
  struct ask_pg_session *session = part;
  struct ask_pg_values values = {0};
  struct pg_result *result = NULL;
  ask_pg_start(session);
  ask_pg_string(&values, hash);
  enum ask_store_status status = ask_pg_run(session, &get, &values, &result);
  if (status != ASK_STORE_OK) return status;
  size_t rows = ask_pg_rows(result);
  if (rows == 0) {
    status = ASK_STORE_NOT_FOUND;
  } else {
    size_t count = ask_pg_is_null(result, 0, 0) ? 0 : rows; /* a set without files is one row without a path */
    struct ask_rule_file *files = ask_alloc_array(arena, count, sizeof *files);
    for (size_t i = 0; i < count; i++) {
      files[i].path = ask_pg_read_string(result, i, 0, arena);
      files[i].bytes = ask_pg_read_bytes(result, i, 1, arena);
    }
    *ret = files;
    *ret_count = count;
  }
  ask_pg_done(result);
  return status;
}
