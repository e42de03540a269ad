/* Damage in a SQLite store: each kind is found and named by the check, and nothing else that reads all rows is led
 * astray. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "contract/tools_helper.h"
#include "store/copy.h"

/* Outside of what foreign keys would allow. */
static const struct {
  const char *sql, *code;
} damages[] = {
    {"delete from revision where number = 1 and id = (select min(id) from assessment)", "missing-revision"},
    {"delete from revision where number = 2 and id = (select min(id) from assessment)", "wrong-latest"},
    {"delete from revision where id = (select min(id) from assessment)", "missing-revision"},
    {"update revision set number = 7 where number = 2", "missing-revision"},
    {"update revision set number = 5000000000 where number = 2", "missing-revision"},
    {"update assessment set latest = 1 where id = (select max(id) from assessment)", "wrong-latest"},
    {"delete from assessment where id = (select min(id) from assessment)", "missing-assessment"},
    {"update assessment set client_key = client_key + 1", "wrong-client-key"},
    {"update revision set client_key = client_key + 1 where number = 2", "missing-assessment"},
    {"update revision set client_key = client_key - 1 where number = 1", "missing-assessment"},
    {"delete from partner where name = 'ours'", "missing-partner"},
    {"delete from api_key where hash like 'a%'", "missing-key"},
    {"update revision set key = x'00'", "missing-key"},
    {"update api_key set partner = (select id from partner where name = 'theirs')", "foreign-key-of-partner"},
    {"update assessment set partner = x'0102030405060708090a0b0c0d0e0f10'", "missing-partner"},
    {"delete from rules", "missing-rules"},
    {"update revision set rules = 'none' where number = 2", "missing-rules"},
    {"update rule_file set bytes = x'01ffffffff00'", "damaged"},
    {"update rule_file set bytes = x''", "damaged"},
    {"update revision set answers = x'01ffffff7f1122334455' where number = 1", "damaged"},
    {"update revision set answers = x'0110000000ff' where number = 1", "damaged"},
    {"update revision set answers = x'02' where number = 1", "damaged"},
    {"update revision set result = x'' where number = 2", "damaged"},
    {"update revision set result = x'007bff7d' where number = 2", "not-utf-8"},
    {"update revision set result = cast(x'00' || 'secret' as blob) where number = 2", "not-json"},
    {"update revision set answers = x'00736563726574' where number = 2", "not-json"},
    {"update idempotency set number = 9", "missing-assessment"},
    {"update idempotency set partner = (select id from partner where name = 'theirs')", "missing-assessment"},
    {"update idempotency set assessment = x'0102030405060708090a0b0c0d0e0f10'", "missing-assessment"},
    {"delete from document where kind = 'case'", "missing-document"},
    {"update document_key set id = x'0102030405060708090a0b0c0d0e0f10' where key = (select max(key) from document_key)",
     "missing-document"},
    {"update document set kind = 'Case' where kind = 'case'", "damaged"},
    {"update document set version = 0", "damaged"},
    {"update document set version = 5000000000", "damaged"},
    {"update document set id = x'01' where id = (select min(id) from document)", "damaged"},
    {"update document set body = x'01ffffff7f1122334455'", "damaged"},
    {"update document set body = x''", "damaged"},
    {"update document set body = x'00736563726574ff'", "not-utf-8"},
    {"update document set body = cast(x'00' || hex(zeroblob(150000)) as blob)", "damaged"},
    {"update document_key set key = x'' where key = (select max(key) from document_key)", "damaged"},
    {"update document_key set key = cast('secret' || hex(zeroblob(60)) as blob) where key = (select max(key) from document_key)",
     "damaged"},
    {"drop table document", "damaged"},
    {"drop table document_key", "damaged"},
    {"drop table idempotency", "damaged"},
    {"drop table revision", "damaged"},
};

static char url[FIXTURE_URL];

/* A copy of the fixture's store, changed. */
static struct ask_store *damaged(const char *sql) {
  struct ask_copy_outcome outcome;
  char message[ASK_STORE_MESSAGE], *why = NULL;
  tools_fresh_file(url);
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  struct ask_copy_source source = ask_copy_source_of(fixture()->session);
  ck_assert_int_eq(ask_copy_rows(&source, session, "test", NULL, NULL, &outcome, message), ASK_STORE_OK);
  tools_expect_whole(session);
  ask_store_session_close(session);
  ask_store_close(store);
  sqlite3 *file = NULL;
  ck_assert_int_eq(sqlite3_open(url + strlen("sqlite:"), &file), SQLITE_OK);
  /* as blobs, whatever the columns say */
  ck_assert_msg(sqlite3_exec(file, "pragma ignore_check_constraints = on; pragma writable_schema = on", NULL, NULL,
                             NULL) == SQLITE_OK,
                "pragma");
  int code = sqlite3_exec(file, sql, NULL, NULL, &why);
  bool refused = code != SQLITE_OK; /* strict tables refuse some by themselves */
  if (refused) printf("not possible in a file of ours: %s: %s\n", sql, why);
  sqlite3_free(why);
  sqlite3_close(file);
  return refused ? NULL : tools_open(url);
}

static void read_everything(ask_store_session *session, struct ask_arena *arena) {
  const char *cursor = "";
  for (int steps = 0;; steps++) {
    struct ask_store_row *rows = NULL;
    size_t count = 0;
    ck_assert_int_lt(steps, 1000); /* a walk ends */
    enum ask_store_status status = ask_store_walk(session, cursor, 3, arena, &rows, &count);
    if (status != ASK_STORE_OK) {
      ck_assert_int_eq(status, ASK_STORE_BROKEN);
      ck_assert(*ask_store_message(session));
      return;
    }
    if (!count) return;
    cursor = rows[count - 1].cursor;
  }
}

START_TEST(every_damage_is_named) {
  tools_fill(fixture()->session, 3);
  tools_fill_documents(fixture()->session, 6);
  int possible = 0;
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    struct ask_problems problems = {.arena = fixture()->arena};
    struct ask_store *store = damaged(damages[i].sql);
    if (!store) continue;
    possible++;
    ask_store_session *session = ask_store_session_open(store);
    fixture_ok(ask_store_check(session, NULL, NULL, &problems));
    bool found = false;
    for (size_t j = 0; j < problems.count; j++) {
      found |= strcmp(problems.list[j].code, damages[i].code) == 0;
      ck_assert(!strstr(problems.list[j].message, "secret"));
    }
    ck_assert_msg(found, "%s: no finding %s, but %s", damages[i].sql, damages[i].code,
                  problems.count ? problems.list[0].code : "none");
    read_everything(session, fixture()->arena);
    ask_store_session_close(session);
    ask_store_close(store);
  }
  ck_assert_int_ge(possible, 40);
}
END_TEST

START_TEST(findings_without_end_are_cut_short) {
  struct ask_problems problems = {.arena = fixture()->arena};
  tools_fill(fixture()->session, 300);
  struct ask_store *store = damaged("update assessment set latest = 9; delete from api_key");
  ask_store_session *session = ask_store_session_open(store);
  fixture_ok(ask_store_check(session, NULL, NULL, &problems));
  ck_assert_uint_ge(problems.errors, 300);
  ck_assert_uint_le(problems.count, ASK_PROBLEMS_KEPT);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

/* Bytes of the file itself, page after page. */
START_TEST(a_page_that_is_gone_is_found) {
  enum { PAGE = 8192 };
  char junk[PAGE];
  struct stat status;
  int found = 0, refused = 0;
  tools_fill(fixture()->session, 20);
  memset(junk, 0xA5, sizeof junk);
  for (long page = 1; page < 12; page++) {
    struct ask_problems problems = {.arena = fixture()->arena};
    struct ask_store *store = damaged("select 1");
    ask_store_close(store);
    const char *path = url + strlen("sqlite:");
    ck_assert_int_eq(stat(path, &status), 0);
    if ((page + 1) * PAGE > status.st_size) break;
    FILE *file = fopen(path, "r+");
    fseek(file, page * PAGE + PAGE / 2, SEEK_SET);
    ck_assert_uint_eq(fwrite(junk, PAGE / 2, 1, file), 1);
    fclose(file);
    struct ask_store_options options = {0};
    store = ask_store_open(url, &options, &problems);
    if (!store) {
      refused++;
      continue;
    }
    problems.count = problems.errors = 0;
    ask_store_session *session = ask_store_session_open(store);
    char copy[FIXTURE_URL];
    snprintf(copy, sizeof copy, "%s.copy", path);
    enum ask_store_status check = ask_store_check(session, NULL, NULL, &problems);
    ck_assert_int_eq(check, ASK_STORE_OK);
    found += problems.errors > 0;
    read_everything(session, fixture()->arena);
    /* a backup of it is no backup */
    if (problems.errors && strcmp(problems.list[0].code, "damaged") == 0 &&
        strstr(problems.list[0].message, "own check")) {
      fixture_is(ask_store_backup(session, copy, NULL, NULL), ASK_STORE_BROKEN);
      ck_assert_int_ne(stat(copy, &status), 0);
    }
    ask_store_session_close(session);
    ask_store_close(store);
  }
  ck_assert_int_ge(found + refused, 6);
  ck_assert_int_ge(found, 3);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {every_damage_is_named, findings_without_end_are_cut_short, a_page_that_is_gone_is_found,
                                NULL};
  return fixture_main("damage", tests);
}
