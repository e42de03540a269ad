/* Is everything whole? PostgreSQL watches over its pages itself (data checksums, if the cluster was made with them);
 * where the extension amcheck is installed, its look at the indexes is asked for. Then every row is read, which
 * unpacks every text, and held against what a store promises. All at one moment. */
#include <string.h>

#include "store/document.h"
#include "store/pg/tables.h"

enum { PAGE = 200, SHOWN = 20 };

/* Rows that should not be: the first column is what the words are about. At most SHOWN of each are named. */
#define CLIENT_KEY "('x' || right(replace(id::text, '-', ''), 16))::bit(64)::bigint"
#define LIMIT " limit 21"
static const struct {
  const char *code, *words;
  struct ask_pg_statement find;
} findings[] = {
    {"missing-partner",
     "key %s belongs to a partner who is not there",
     {"select k.id::text from api_key k left join partner p on p.id = k.partner where p.id is null" LIMIT, "", "t"}},
    {"missing-partner",
     "revisions belong to partner %s, who is not there",
     {"select distinct r.partner::text from revision r left join partner p on "
      "p.id = r.partner where p.id is null" LIMIT,
      "", "t"}},
    {"missing-key",
     "revisions were written with key %s, which is not there",
     {"select distinct r.key::text from revision r left join api_key k on k.id = r.key where k.id is null" LIMIT, "",
      "t"}},
    {"foreign-key-of-partner",
     "revisions were written with key %s, which is another partner's",
     {"select distinct r.key::text from revision r join api_key k on k.id = r.key where k.partner <> r.partner" LIMIT,
      "", "t"}},
    {"missing-rules",
     "revisions were made with rules %s, which are not recorded",
     {"select distinct r.rules from revision r left join rules u on u.hash = r.rules where u.hash is null" LIMIT, "",
      "t"}},
    {"missing-rules",
     "files are of rules %s, which are not recorded",
     {"select distinct f.rules from rule_file f left join rules u on u.hash = f.rules where u.hash is null" LIMIT, "",
      "t"}},
    {"wrong-client-key",
     "assessment %s stands under a client key that is not the end of its id",
     {"select distinct id::text from revision where client_key <> " CLIENT_KEY LIMIT, "", "t"}},
    {"missing-assessment",
     "an idempotency key names a revision of assessment %s that is not there or another partner's",
     {"select i.assessment::text from idempotency i left join revision r on r.id = i.assessment and r.number = i.number"
      " and r.partner = i.partner where r.id is null" LIMIT,
      "", "t"}},
    {"missing-document",
     "keys are there of document %s, which is not there",
     {"select distinct k.id::text from document_key k left join document d on d.kind = k.kind and d.id = k.id"
      " where d.id is null" LIMIT,
      "", "t"}},
    {"damaged",
     "document %s has more keys than a store takes",
     {"select id::text from document_key group by kind, id having count(*) > 64" LIMIT, "", "t"}},
};

static void look_for(struct ask_pg_session *session, size_t which, struct ask_problems *problems,
                     enum ask_store_status *status) {
  struct pg_result *result = NULL;
  if (*status != ASK_STORE_OK) return;
  *status = ask_pg_run(session, &findings[which].find, NULL, &result);
  if (*status != ASK_STORE_OK) return;
  for (size_t i = 0; i < ask_pg_rows(result); i++) {
    const char *name = ask_pg_read_string(result, i, 0, problems->arena);
    /* The words are ours, with one %s each. */
    const char *place = strstr(findings[which].words, "%s");
    if (i == SHOWN) {
      ask_problem_add(problems, ASK_ERROR, findings[which].code, ASK_NOWHERE, NULL, NULL, "... and more of this kind");
      continue;
    }
    ask_problem_add(problems, ASK_ERROR, findings[which].code, ASK_NOWHERE, NULL, NULL, "%.*s%s%s",
                    (int)(place - findings[which].words), findings[which].words, name, place + 2);
  }
  ask_pg_done(result);
}

/* The indexes, where the administrator has installed amcheck and lets us. */
static enum ask_store_status look_at_indexes(struct ask_pg_session *session, struct ask_problems *problems) {
  static const struct ask_pg_statement may = {
      .sql = "select count(*) > 0 from pg_extension e join pg_proc f on f.pronamespace = e.extnamespace "
             "where extname = 'amcheck' and proname = 'bt_index_check' and pg_function_is_visible(f.oid) "
             "and has_function_privilege(f.oid, 'execute')",
      .takes = "",
      .gives = "?"};
  static const struct ask_pg_statement look = {
      .sql = "select count(bt_index_check(i.indexrelid, true)) from pg_index i join pg_class c on c.oid = i.indexrelid "
             "join pg_am a on a.oid = c.relam and a.amname = 'btree' "
             "where i.indrelid in ('partner'::regclass, 'api_key'::regclass, 'rules'::regclass, 'rule_file'::regclass,"
             " 'revision'::regclass, 'idempotency'::regclass, 'document'::regclass,"
             " 'document_key'::regclass)",
      .takes = "",
      .gives = "b"};
  struct pg_result *result = NULL;
  ask_pg_start_long(session);
  enum ask_store_status status = ask_pg_begin(session, true);
  if (status == ASK_STORE_OK) status = ask_pg_run(session, &may, NULL, &result);
  bool allowed = status == ASK_STORE_OK && ask_pg_read_boolean(result, 0, 0);
  ask_pg_done(result);
  if (allowed) status = ask_pg_run(session, &look, NULL, NULL);
  if (status == ASK_STORE_BROKEN) {
    ask_problem_add(problems, ASK_ERROR, "damaged-index", ASK_NOWHERE, NULL,
                    "restore from a backup, or have the administrator run REINDEX", "%s", session->message);
    status = ASK_STORE_OK;
  }
  ask_pg_rollback(session);
  return status;
}

static void say_of(struct ask_problems *problems, const char *code, const char *words, const struct ask_any_row *row) {
  ask_problem_add(problems, ASK_ERROR, code, ASK_NOWHERE, NULL, NULL, "%s %s", ask_row_words(problems->arena, row),
                  words);
}

/* One revision, and how it follows the one before. */
static void look_at_revision(const struct ask_any_row *row, const struct ask_revision *before,
                             struct ask_problems *problems) {
  const struct ask_revision *revision = &row->revision;
  bool same = before->number && memcmp(&before->assessment, &revision->assessment, sizeof revision->assessment) == 0;
  if (revision->number != (same ? before->number + 1 : 1)) {
    say_of(problems, revision->number == 1 || same ? "missing-revision" : "missing-assessment",
           same ? "does not follow the one before" : "is there without the ones before", row);
  }
  if (same && memcmp(&before->partner, &revision->partner, sizeof revision->partner) != 0)
    say_of(problems, "other-partner", "is not of the same partner as the one before", row);
  if (!ask_utf8_valid(revision->answers.bytes, revision->answers.length))
    say_of(problems, "not-utf-8", "has answers that are not UTF-8", row);
  if (!ask_utf8_valid(revision->result.bytes, revision->result.length))
    say_of(problems, "not-utf-8", "has a result that is not UTF-8", row);
}

static enum ask_store_status look_at_revisions(struct ask_pg_session *session,
                                               void (*progress)(void *context, int64_t revisions), void *context,
                                               struct ask_problems *problems) {
  struct ask_cursor cursor = {.table = ASK_TABLE_REVISION};
  struct ask_revision before = {0};
  struct ask_arena *arena = ask_arena_new();
  enum ask_store_status status = ASK_STORE_OK;
  int64_t done = 0;
  for (size_t count = PAGE; status == ASK_STORE_OK && count;) {
    struct ask_pg_values values;
    struct pg_result *result = NULL;
    struct ask_any_row *rows = NULL;
    ask_pg_values_after(ASK_TABLE_REVISION, &cursor, PAGE, &values);
    status = ask_pg_run(session, &ask_pg_table(ASK_TABLE_REVISION)->after, &values, &result);
    if (status != ASK_STORE_OK) break;
    ask_arena_reset(arena);
    ask_pg_read_rows(ASK_TABLE_REVISION, result, arena, &rows, &count);
    ask_pg_done(result);
    for (size_t i = 0; i < count; i++) {
      look_at_revision(&rows[i], &before, problems);
      before = rows[i].revision;
      before.answers = before.result = (struct ask_text){0};
    }
    cursor.id = before.assessment;
    cursor.number = before.number;
    done += (int64_t)count;
    if (progress && count) progress(context, done);
  }
  ask_arena_free(arena);
  return status;
}

/* Limits and versions are for the tables' own conditions. */
static void look_at_document(const struct ask_any_row *row, struct ask_arena *arena, struct ask_problems *problems) {
  const struct ask_document_row *document = &row->document;
  const char *kind = ask_strndup(arena, document->kind.bytes, document->kind.length);
  if (ask_document_kind_wrong(kind)) say_of(problems, "damaged", "has a kind that is none", row);
  if (!ask_utf8_valid(document->body.bytes, document->body.length))
    say_of(problems, "not-utf-8", "has a text that is not UTF-8", row);
}

static enum ask_store_status look_at_documents(struct ask_pg_session *session, struct ask_problems *problems) {
  struct ask_cursor cursor = {.table = ASK_TABLE_NONE};
  struct ask_arena *arena = ask_arena_new();
  enum ask_store_status status = ASK_STORE_OK;
  for (size_t count = PAGE; status == ASK_STORE_OK && count;) {
    struct ask_pg_values values;
    struct pg_result *result = NULL;
    struct ask_any_row *rows = NULL;
    ask_pg_values_after(ASK_TABLE_DOCUMENT, &cursor, PAGE, &values);
    status = ask_pg_run(session, &ask_pg_table(ASK_TABLE_DOCUMENT)->after, &values, &result);
    if (status != ASK_STORE_OK) break;
    ask_arena_reset(arena);
    ask_pg_read_rows(ASK_TABLE_DOCUMENT, result, arena, &rows, &count);
    ask_pg_done(result);
    for (size_t i = 0; i < count; i++) look_at_document(&rows[i], arena, problems);
    if (count) cursor = ask_row_key(&rows[count - 1]);
  }
  ask_arena_free(arena);
  return status;
}

enum ask_store_status ask_pg_check(void *part, void (*progress)(void *context, int64_t revisions), void *context,
                                   struct ask_problems *problems) {
  struct ask_pg_session *session = part;
  enum ask_store_status status = look_at_indexes(session, problems);
  ask_pg_start_long(session);
  if (status == ASK_STORE_OK) status = ask_pg_begin(session, true);
  if (status == ASK_STORE_OK) status = look_at_revisions(session, progress, context, problems);
  if (status == ASK_STORE_OK) status = look_at_documents(session, problems);
  for (size_t i = 0; i < sizeof findings / sizeof *findings; i++) look_for(session, i, problems, &status);
  /* A page or a packed text that cannot be read is a finding too. */
  if (status == ASK_STORE_BROKEN) {
    ask_problem_add(problems, ASK_ERROR, "damaged", ASK_NOWHERE, NULL, "restore from a backup", "%s", session->message);
    status = ASK_STORE_OK;
  }
  ask_pg_rollback(session);
  return status;
}
