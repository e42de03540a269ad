/* Contract: a store of version 1 (version_1/) is left alone without leave, and brought up to date with it: nothing in it changes,
 * and it can do what is new. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/tools_helper.h"

static char url[FIXTURE_URL];

static char *sql_of(const char *kind) {
  enum { ROOM = 20000 };
  char *text = ask_alloc(fixture()->arena, ROOM);
  const char *path = ask_printf(fixture()->arena, "%s/tests/contract/version_1/%s.sql", TEST_SOURCE_DIR, kind);
  FILE *file = fopen(path, "r");
  ck_assert_msg(file != NULL, "%s", path);
  size_t length = fread(text, 1, ROOM - 1, file);
  fclose(file);
  ck_assert_uint_lt(length, ROOM - 1);
  text[length] = '\0';
  return text;
}

static void make_old(void) {
  tools_fresh_url(url);
  if (!fixture_is_sqlite()) {
    ck_assert(fixture_pg_sql(url, sql_of("pg")));
    return;
  }
  sqlite3 *file = NULL;
  char *why = NULL;
  ck_assert_int_eq(sqlite3_open(url + strlen("sqlite:"), &file), SQLITE_OK);
  ck_assert_msg(sqlite3_exec(file, sql_of("sqlite"), NULL, NULL, &why) == SQLITE_OK, "%s", why);
  sqlite3_close(file);
}

static struct ask_store *open_as(bool create, struct ask_problems *problems) {
  *problems = (struct ask_problems){.arena = fixture()->arena};
  return ask_store_open(url, &(struct ask_store_options){.create = create}, problems);
}

static void is_refused(void) {
  struct ask_problems problems;
  ck_assert_ptr_null(open_as(false, &problems));
  ck_assert_uint_eq(problems.count, 1);
  ck_assert_str_eq(problems.list[0].code, "older-store");
  ck_assert(strstr(problems.list[0].message, "version 1"));
  ck_assert_ptr_nonnull(problems.list[0].hint);
}

START_TEST(without_leave_it_stays_as_it_is) {
  make_old();
  is_refused();
  is_refused(); /* the first try changed nothing */
}
END_TEST

START_TEST(it_is_brought_up_to_date_with_all_that_is_in_it) {
  struct ask_problems problems;
  struct ask_revision revision;
  struct ask_partner_key key;
  struct ask_store_counts counts;
  struct ask_uuid assessment = {{0x01, 0x90, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 5}};
  char hash[ASK_HASH_TEXT] = "";
  memset(hash, 'a', ASK_HASH_TEXT - 1);
  make_old();
  ask_store_close(open_as(true, &problems));
  ck_assert_uint_eq(problems.count, 0);
  struct ask_store *store = open_as(false, &problems); /* no leave is needed any more */
  ck_assert_msg(store != NULL, "%s", problems.count ? problems.list[0].message : "");
  ask_store_session *session = ask_store_session_open(store);
  ck_assert_int_eq(ask_store_key_find(session, hash, fixture()->arena, &key), ASK_STORE_OK);
  ck_assert_str_eq(key.name, "Old Partner");
  ck_assert_int_eq(ask_store_get(session, &key.partner, &assessment, 0, fixture()->arena, &revision), ASK_STORE_OK);
  ck_assert(ask_text_is(&revision.result, "{\"r\":1}"));
  ck_assert_int_eq(ask_store_count(session, &counts), ASK_STORE_OK);
  ck_assert_int_eq(counts.revisions, 1);
  ck_assert_int_eq(counts.idempotency_keys, 1);
  ck_assert_int_eq(counts.documents, 0);
  tools_expect_whole(session);
  tools_fill_documents(session, 3);
  ck_assert_int_eq(ask_store_count(session, &counts), ASK_STORE_OK);
  ck_assert_int_eq(counts.documents, 3);
  tools_expect_whole(session);
  ck_assert_uint_eq(tools_walk(session, 100, fixture()->arena).count, 5 + 3);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {without_leave_it_stays_as_it_is, it_is_brought_up_to_date_with_all_that_is_in_it, NULL};
  return fixture_main("older", tests);
}
