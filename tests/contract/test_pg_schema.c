/* PostgreSQL: opening a store: what is refused and how it is said, tables made by several at once, no password shown. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/fixture_pg.h"

static char url[PG_URL];
static struct ask_arena *arena;
static struct ask_problems problems;

static void set_up(void) {
  arena = ask_arena_new();
  problems = (struct ask_problems){.arena = arena};
  ck_assert(fixture_pg_fresh_url(url, sizeof url));
}
static void tear_down(void) { arena = ask_arena_free(arena); }

static struct ask_store *open_as(const char *where, bool create) {
  struct ask_store_options options = {.create = create, .busy_seconds = 2};
  problems = (struct ask_problems){.arena = arena};
  return ask_store_open(where, &options, &problems);
}

static void refused(const char *where, bool create, const char *code) {
  ck_assert_ptr_null(open_as(where, create));
  ck_assert_uint_eq(problems.errors, 1);
  ck_assert_str_eq(problems.list[0].code, code);
}

START_TEST(it_is_made_once_and_found_again) {
  refused(url, false, "no-store");
  ask_store_close(open_as(url, true));
  ck_assert_uint_eq(problems.count, 0);
  struct ask_store *store = open_as(url, false);
  ck_assert_ptr_nonnull(store);
  ck_assert_str_eq(ask_store_kind(store), "postgresql");
  ck_assert(ask_store_is_remote(store));
  ask_store_close(store);
}
END_TEST

START_TEST(a_newer_one_is_refused) {
  ask_store_close(open_as(url, true));
  ck_assert(fixture_pg_sql(url, "insert into schema_version (product, version) values ('askonce', 1000)"));
  refused(url, true, "newer-store");
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, "1000"));
  refused(url, false, "newer-store");
}
END_TEST

START_TEST(somebody_elses_tables_are_left_alone) {
  ck_assert(fixture_pg_sql(url, "create table schema_version (installed_rank integer)"));
  refused(url, true, "not-a-store");
  ck_assert(fixture_pg_sql(url, "drop table schema_version; create table revision (theirs integer)"));
  refused(url, true, "store-away");
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, "revision"));
  /* Nothing of ours was left behind. */
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from pg_tables where schemaname = current_schema()"), 1);
}
END_TEST

START_TEST(a_schema_or_database_that_is_not_there) {
  char where[2 * PG_URL];
  snprintf(where, sizeof where, "%s_not_there", url);
  refused(where, true, "no-store");
  snprintf(where, sizeof where, "%s&dbname=not_there", url);
  refused(where, true, "store-away");
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, "not_there"));
}
END_TEST

START_TEST(a_database_of_another_encoding) {
  char where[2 * PG_URL];
  /* From an earlier run, perhaps. */
  if (fixture_pg_number(url, "select count(*) from pg_database where datname = 'in_latin1'") == 0)
    ck_assert(fixture_pg_sql(url, "create database in_latin1 encoding latin1 template template0"));
  snprintf(where, sizeof where, "%s&dbname=in_latin1", url);
  refused(where, true, "wrong-encoding");
}
END_TEST

static void *open_one(void *context) {
  (void)context;
  struct ask_arena *own = ask_arena_new();
  struct ask_problems found = {.arena = own};
  struct ask_store_options options = {.create = true, .busy_seconds = 20};
  struct ask_store *store = ask_store_open(url, &options, &found);
  bool good = store != NULL;
  ask_store_close(store);
  ask_arena_free(own);
  return good ? "good" : NULL;
}

START_TEST(several_make_it_at_once) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, open_one, NULL), 0);
  for (int i = 0; i < 4; i++) {
    void *good = NULL;
    pthread_join(threads[i], &good);
    ck_assert_ptr_nonnull(good);
  }
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from schema_version where version = 1"), 1);
}
END_TEST

/* Wherever a url may have its password, and whatever is wrong with it. */
START_TEST(no_password_is_shown) {
  static const char *const urls[] = {
      "postgresql://me:s3cret@localhost:1/db",        "postgresql://me:s3cret@/db?host=/nowhere",
      "postgres://me@localhost:1/db?password=s3cret", "postgresql://me:s3cret@localhost:port/db",
      "postgresql://me:s3cret%zz@localhost/db",       "postgresql://me:s3cret@[localhost/db",
      "postgresql://me:some@s3cret@localhost/db",     "postgresql://me:s3cret@localhost:1/db?no_such_word=1",
  };
  for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
    ck_assert_ptr_null(open_as(urls[i], true));
    ck_assert_uint_eq(problems.errors, 1);
    ck_assert_msg(!strstr(problems.list[0].message, "s3cret"), "%s", problems.list[0].message);
    ck_assert_ptr_nonnull(problems.list[0].hint);
  }
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, "no_such_word"));
  char where[2 * PG_URL];
  snprintf(where, sizeof where, "%s&password=s3cret&application_name=test", url);
  struct ask_store *store = open_as(where, true);
  ck_assert_ptr_nonnull(store);
  ck_assert_ptr_null(strstr(ask_store_shown(store), "s3cret"));
  ask_store_close(store);
}
END_TEST

START_TEST(the_hosts_of_a_url_are_tried_in_turn) {
  char where[2 * PG_URL];
  const char *host = strstr(url, "host=") + strlen("host=");
  snprintf(where, sizeof where, "%.*s/nowhere,%s", (int)(host - url), url, host);
  struct ask_store *store = open_as(where, true);
  ck_assert_ptr_nonnull(store);
  ask_store_close(store);
}
END_TEST

/* A role that commits without waiting for the disk is told to wait. */
START_TEST(durable_whatever_the_role_says) {
  char where[2 * PG_URL];
  snprintf(where, sizeof where, "%s%%20-csynchronous_commit%%3Doff", url);
  struct ask_store *store = open_as(where, true);
  ck_assert_ptr_nonnull(store);
  ask_store_session *session = ask_store_session_open(store);
  ck_assert(fixture_pg_sql(url, "create table seen (value text);"
                                "create function look() returns trigger language plpgsql as $$ begin"
                                " insert into seen values (current_setting('synchronous_commit')); return new; end $$;"
                                "create trigger look before insert on revision for each row execute function look()"));
  struct ask_uuid partner = pg_id(), assessment = pg_id();
  struct ask_write write = pg_write(&partner, &assessment, 1, NULL), *group[] = {&write};
  ask_store_commit(session, group, 1);
  ck_assert_int_eq(write.status, ASK_STORE_OK);
  ck_assert_int_eq(fixture_pg_number(url, "select count(*) from seen where value = 'on'"), 1);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pg_schema");
  TCase *tests = tcase_create("opening");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_add_test(tests, it_is_made_once_and_found_again);
  tcase_add_test(tests, a_newer_one_is_refused);
  tcase_add_test(tests, somebody_elses_tables_are_left_alone);
  tcase_add_test(tests, a_schema_or_database_that_is_not_there);
  tcase_add_test(tests, a_database_of_another_encoding);
  tcase_add_test(tests, several_make_it_at_once);
  tcase_add_test(tests, no_password_is_shown);
  tcase_add_test(tests, the_hosts_of_a_url_are_tried_in_turn);
  tcase_add_test(tests, durable_whatever_the_role_says);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
