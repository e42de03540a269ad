/* Is everything in the file whole? First SQLite's own look at its pages and indexes, then what a store promises: held
 * against every row, at one moment. Findings name the assessment or key, never what is in a text. */
#include <sqlite3.h>
#include <string.h>

#include "store/document.h"
#include "store/row.h"
#include "store/sqlite/sqlite.h"

enum { SHOWN = 20, PROGRESS_EVERY = 1000 };

static const char restore[] = "restore the store from a backup (askonce restore), or bring this row over from one";

struct check {
  struct ask_sqlite_session *session;
  struct ask_arena *arena; /* for one row */
  struct ask_problems *problems;
};

static void find(struct check *check, const char *code, const char *hint, const char *words, const char *what) {
  ask_problem_add(check->problems, ASK_ERROR, code, ASK_NOWHERE, NULL, hint, "%s %s", words, what);
}

/* What stopped the check is a finding when it is damage, and else the outcome. */
static enum ask_store_status stopped(struct check *check) {
  struct ask_sqlite_session *session = check->session;
  if (session->status != ASK_STORE_BROKEN) return session->status;
  ask_problem_add(check->problems, ASK_ERROR, "damaged", ASK_NOWHERE, NULL, restore, "the file cannot be read on: %s",
                  session->message);
  session->message[0] = '\0';
  return ASK_STORE_OK;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static bool look_at_pages(struct check *check) {
  static const char sql[] = "pragma integrity_check(20)";
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, sql);
  if (!statement) return false;
  while (ask_sqlite_row(check->session, statement)) {
    const char *line = ask_sqlite_column_string(statement, 0, check->arena);
    if (strcmp(line, "ok") == 0) continue;
    ask_problem_add(check->problems, ASK_ERROR, "damaged", ASK_NOWHERE, NULL, restore, "the database's own check: %s",
                    line);
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

/* ---- rows that should not be ------------------------------------------------------------------------------------- */

/* The first column is the identifier, in hexadecimal or as text, that the words are about. */
static const struct {
  const char *code, *before, *after, *sql;
} findings[] = {
    {"missing-partner", "key", "belongs to a partner who is not there",
     "select k.id from api_key k where not exists (select 1 from partner p where p.id = k.partner)"},
    {"missing-partner", "assessment", "belongs to a partner who is not there",
     "select a.id from assessment a where not exists (select 1 from partner p where p.id = a.partner)"},
    {"missing-partner", "idempotency keys belong to partner", "who is not there",
     "select distinct i.partner from idempotency i where not exists (select 1 from partner p where p.id = i.partner)"},
    {"missing-rules", "files are of rules", "which are not recorded",
     "select distinct f.rules from rule_file f where not exists (select 1 from rules u where u.hash = f.rules)"},
    {"missing-rules", "revisions were made with rules", "which are not recorded",
     "select distinct r.rules from revision r where not exists (select 1 from rules u where u.hash = r.rules)"},
    {"missing-key", "revisions were written with key", "which is not there",
     "select distinct r.key from revision r where not exists (select 1 from api_key k where k.id = r.key)"},
    {"foreign-key-of-partner", "assessment", "has a revision that was written with another partner's key",
     "select distinct a.id from assessment a join revision r on r.id = a.id and r.client_key = a.client_key "
     "join api_key k on k.id = r.key where k.partner <> a.partner"},
    {"missing-assessment", "an idempotency key names a revision of assessment",
     "that is not there or another partner's",
     "select i.assessment from idempotency i where not exists (select 1 from revision r join assessment a on "
     "a.id = r.id and a.client_key = r.client_key where r.id = i.assessment and r.number = i.number and "
     "a.partner = i.partner)"},
    {"missing-document", "keys are there of document", "which is not there",
     "select distinct k.id from document_key k where not exists (select 1 from document d where d.kind = k.kind "
     "and d.id = k.id)"},
};

static bool look_for(struct check *check, size_t which) {
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, findings[which].sql);
  if (!statement) return false;
  for (int found = 0; ask_sqlite_row(check->session, statement); found++) {
    char text[ASK_UUID_TEXT];
    struct ask_uuid id;
    const char *name = text;
    ask_arena_reset(check->arena);
    if (found == SHOWN) {
      ask_problem_add(check->problems, ASK_ERROR, findings[which].code, ASK_NOWHERE, NULL, NULL,
                      "... and more of this kind");
      break;
    }
    if (sqlite3_column_type(statement, 0) == SQLITE_TEXT)
      name = ask_sqlite_column_string(statement, 0, check->arena);
    else if (ask_sqlite_column_uuid(check->session, statement, 0, &id))
      ask_uuid_text(&id, text);
    else
      name = "(a damaged identifier)";
    ask_problem_add(check->problems, ASK_ERROR, findings[which].code, ASK_NOWHERE, NULL, restore, "%s %s %s",
                    findings[which].before, name, findings[which].after);
    check->session->message[0] = '\0';
    check->session->status = ASK_STORE_OK;
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

/* ---- assessments: each names its latest revision, and they are counted without gaps ------------------------------ */

static void look_at_assessment(struct check *check, sqlite3_stmt *statement) {
  struct ask_uuid id;
  char text[ASK_UUID_TEXT];
  if (!ask_sqlite_column_uuid(check->session, statement, 0, &id)) {
    find(check, "damaged", restore, "an assessment", "has a damaged identifier");
    return;
  }
  ask_uuid_text(&id, text);
  const char *words = ask_printf(check->arena, "assessment %s", text);
  int64_t latest = ask_sqlite_column_integer(statement, 2), most = ask_sqlite_column_integer(statement, 3),
          count = ask_sqlite_column_integer(statement, 4);
  if (ask_sqlite_column_integer(statement, 1) != ask_uuid_client_key(&id))
    find(check, "wrong-client-key", restore, words, "stands under a client key that is not the end of its id");
  if (count == 0) {
    find(check, "missing-revision", restore, words, "has no revision");
    return;
  }
  if (latest != most)
    ask_problem_add(check->problems, ASK_ERROR, "wrong-latest", ASK_NOWHERE, NULL, restore,
                    "%s says that revision %lld is its latest, but that is %lld", words, (long long)latest,
                    (long long)most);
  if (count != most || ask_sqlite_column_integer(statement, 5) != 1 || most > INT32_MAX)
    ask_problem_add(check->problems, ASK_ERROR, "missing-revision", ASK_NOWHERE, NULL, restore,
                    "%s has %lld revision%s, numbered up to %lld: some are missing", words, (long long)count,
                    count == 1 ? "" : "s", (long long)most);
}

static bool look_at_assessments(struct check *check) {
  static const char sql[] =
      "select a.id, a.client_key, a.latest, max(r.number), count(r.number), min(r.number) from assessment a "
      "left join revision r on r.id = a.id and r.client_key = a.client_key group by a.id, a.client_key";
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, sql);
  if (!statement) return false;
  while (ask_sqlite_row(check->session, statement)) {
    ask_arena_reset(check->arena);
    look_at_assessment(check, statement);
    check->session->status = ASK_STORE_OK;
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

/* ---- revisions: their texts -------------------------------------------------------------------------------------- */

static void look_at_text(struct check *check, sqlite3_stmt *statement, int column, const char *words,
                         const char *name) {
  struct ask_text text;
  const char *what = NULL, *code = "damaged";
  if (!ask_sqlite_column_packed(check->session, statement, column, check->arena, &text)) {
    what = "cannot be unpacked";
  } else if (!ask_utf8_valid(text.bytes, text.length)) {
    code = "not-utf-8";
    what = "is not UTF-8";
  } else if (text.length < 2 || text.bytes[0] != '{' || text.bytes[text.length - 1] != '}') {
    code = "not-json";
    what = "is not a JSON object";
  }
  if (what)
    ask_problem_add(check->problems, ASK_ERROR, code, ASK_NOWHERE, NULL, restore, "%s: its %s %s", words, name, what);
}

static void look_at_revision(struct check *check, sqlite3_stmt *statement) {
  struct ask_any_row row = {.table = ASK_TABLE_REVISION};
  if (!ask_sqlite_column_uuid(check->session, statement, 0, &row.revision.assessment)) {
    find(check, "damaged", restore, "a revision", "has a damaged identifier");
    return;
  }
  row.revision.number = (int32_t)ask_sqlite_column_integer(statement, 2);
  const char *words = ask_row_words(check->arena, &row);
  if (!ask_sqlite_column_integer(statement, 3)) find(check, "missing-assessment", restore, words, "has no assessment");
  look_at_text(check, statement, 4, words, "text of answers");
  look_at_text(check, statement, 5, words, "result");
}

static bool look_at_revisions(struct check *check, void (*progress)(void *context, int64_t revisions), void *context) {
  static const char sql[] =
      "select r.id, r.client_key, r.number, a.id is not null, r.answers, r.result from revision r "
      "left join assessment a on a.id = r.id and a.client_key = r.client_key order by r.id, r.client_key, r.number";
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, sql);
  if (!statement) return false;
  int64_t done = 0;
  while (ask_sqlite_row(check->session, statement)) {
    ask_arena_reset(check->arena);
    look_at_revision(check, statement);
    check->session->status = ASK_STORE_OK;
    if (progress && ++done % PROGRESS_EVERY == 0) progress(context, done);
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  if (progress && good) progress(context, done);
  return good;
}

/* ---- documents: their texts and keys ------------------------------------------------------------------------------- */

static const char *wrong_keys(struct check *check, const struct ask_document *document) {
  struct ask_document_key *keys = NULL;
  size_t count = 0;
  if (ask_sqlite_document_keys(check->session, document->kind, &document->id, check->arena, &keys, &count) !=
      ASK_STORE_OK)
    return "has keys that cannot be read";
  return ask_document_keys_wrong(keys, count);
}

/* Columns kind, id, version, body. */
static void look_at_document(struct check *check, sqlite3_stmt *statement) {
  struct ask_document document = {.kind = ask_sqlite_column_string(statement, 0, check->arena)};
  char text[ASK_UUID_TEXT];
  if (!ask_sqlite_column_uuid(check->session, statement, 1, &document.id)) {
    find(check, "damaged", restore, "a document", "has a damaged identifier");
    return;
  }
  ask_uuid_text(&document.id, text);
  int64_t version = ask_sqlite_column_integer(statement, 2);
  const char *kind = ask_document_kind_wrong(document.kind) ? "(of no kind)" : document.kind;
  const char *words = ask_printf(check->arena, "document %s %s:", kind, text), *wrong = NULL;
  if (version < 1 || version > INT32_MAX) find(check, "damaged", restore, words, "its version is none");
  if (!ask_sqlite_column_packed(check->session, statement, 3, check->arena, &document.body))
    find(check, "damaged", restore, words, "its text cannot be unpacked");
  else if (!ask_utf8_valid(document.body.bytes, document.body.length))
    find(check, "not-utf-8", restore, words, "its text is not UTF-8");
  else if ((wrong = ask_document_wrong(&document)))
    find(check, "damaged", restore, words, wrong);
  if ((wrong = wrong_keys(check, &document))) find(check, "damaged", restore, words, wrong);
}

static bool look_at_documents(struct check *check) {
  static const char sql[] = "select kind, id, version, body from document order by kind, id";
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, sql);
  if (!statement) return false;
  while (ask_sqlite_row(check->session, statement)) {
    ask_arena_reset(check->arena);
    look_at_document(check, statement);
    check->session->status = ASK_STORE_OK;
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

/* ---- rules: their files ------------------------------------------------------------------------------------------ */

static bool look_at_rules(struct check *check) {
  static const char sql[] = "select rules, path, bytes from rule_file order by rules, path";
  sqlite3_stmt *statement = ask_sqlite_statement(check->session, sql);
  if (!statement) return false;
  while (ask_sqlite_row(check->session, statement)) {
    struct ask_text text;
    ask_arena_reset(check->arena);
    if (!ask_sqlite_column_packed(check->session, statement, 2, check->arena, &text))
      ask_problem_add(check->problems, ASK_ERROR, "damaged", ASK_NOWHERE, NULL, restore,
                      "rules %.16s...: the file %s cannot be unpacked",
                      ask_sqlite_column_string(statement, 0, check->arena),
                      ask_sqlite_column_string(statement, 1, check->arena));
    check->session->status = ASK_STORE_OK;
  }
  bool good = check->session->status == ASK_STORE_OK;
  ask_sqlite_done(statement);
  return good;
}

enum ask_store_status ask_sqlite_check(void *part, void (*progress)(void *context, int64_t revisions), void *context,
                                       struct ask_problems *problems) {
  struct ask_sqlite_session *session = part;
  struct check check = {session, ask_arena_new(), problems};
  enum ask_store_status status = ask_sqlite_begin(session, false);
  bool good = status == ASK_STORE_OK && look_at_pages(&check) && look_at_assessments(&check);
  if (good) good = look_at_revisions(&check, progress, context) && look_at_rules(&check) && look_at_documents(&check);
  for (size_t i = 0; good && i < sizeof findings / sizeof *findings; i++) good = look_for(&check, i);
  if (!good) status = stopped(&check);
  ask_sqlite_rollback(session);
  if (status == ASK_STORE_OK) session->message[0] = '\0';
  ask_arena_free(check.arena);
  return status;
}
