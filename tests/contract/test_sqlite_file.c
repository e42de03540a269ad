/* The SQLite store as a file: whose it is, of which version, who may read it, what becomes of damage, replacement and
 * removal. */
#include "contract/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path_of(const char *name) { return ask_printf(fixture()->arena, "%s/%s", fixture()->folder, name); }

static void shell(const char *command) {
  char *whole = ask_printf(fixture()->arena, "cd '%s' && { %s; }", fixture()->folder, command);
  ck_assert_msg(system(whole) == 0, "%s", whole);
}

static void change(const char *name, const char *sql) {
  sqlite3 *connection;
  char *why = NULL;
  ck_assert_int_eq(sqlite3_open(path_of(name), &connection), SQLITE_OK);
  ck_assert_msg(sqlite3_exec(connection, sql, NULL, NULL, &why) == SQLITE_OK, "%s: %s", sql, why);
  sqlite3_close(connection);
}

static const char *refusal_of(const char *path, bool create) {
  struct ask_problems problems = {.arena = fixture()->arena};
  struct ask_store_options options = {.create = create, .busy_seconds = 1};
  struct ask_store *store = ask_store_open(path, &options, &problems);
  ck_assert_msg(store == NULL, "%s was opened", path);
  ck_assert_uint_eq(problems.count, 1);
  ck_assert_ptr_nonnull(strstr(problems.list[0].message, path));
  ck_assert_ptr_nonnull(problems.list[0].hint);
  return problems.list[0].code;
}

static const char *refusal(const char *name, bool create) { return refusal_of(path_of(name), create); }

START_TEST(a_newer_version_is_refused_and_left_alone) {
  fixture_reopen();
  change("store.db", "pragma user_version = 99");
  ck_assert_str_eq(refusal("store.db", false), "newer-store");
  ck_assert_str_eq(refusal("store.db", true), "newer-store");
  /* Sessions that were opened before find out when they connect. */
  ask_store_session *late = ask_store_session_open(fixture()->store);
  fixture_is(ask_store_ping(late), ASK_STORE_BROKEN);
  ask_store_session_close(late);
  change("store.db", "pragma user_version = 2");
}
END_TEST

START_TEST(what_is_not_ours_is_refused_and_left_alone) {
  shell("printf 'some notes, longer than a header of one hundred bytes %.0s' 1 2 3 4 >notes.txt; cp notes.txt before");
  ck_assert_str_eq(refusal("notes.txt", true), "not-a-store");
  shell("cmp notes.txt before; [ \"$(ls | grep -c notes)\" = 1 ]");
  change("other.db", "create table a (b); insert into a values (1)");
  shell("cp other.db before");
  ck_assert_str_eq(refusal("other.db", true), "not-a-store");
  shell("cmp other.db before");
  change("other.db", "pragma application_id = 1196444487; drop table a");
  ck_assert_str_eq(refusal("other.db", true), "not-a-store");
  change("other.db", "pragma user_version = 1");
  ck_assert_str_eq(refusal("other.db", true), "not-a-store");
  shell("head -c 50 store.db >short.db");
  ck_assert_str_eq(refusal("short.db", true), "not-a-store");
  ck_assert_str_eq(refusal_of(fixture()->folder, true), "not-a-store");
  ck_assert_str_eq(refusal_of("/dev/null", true), "not-a-store");
}
END_TEST

START_TEST(a_place_that_is_not_there_is_a_problem) {
  ck_assert_str_eq(refusal("none.db", false), "no-store");
  ck_assert_str_eq(refusal("no/folder/store.db", true), "no-store");
  ck_assert_str_eq(refusal_of("", true), "no-store");
  shell(": >empty.db; ln -s nowhere dangling.db");
  ck_assert_str_eq(refusal("empty.db", false), "no-store");
  ck_assert_str_eq(refusal("dangling.db", true), "no-store");
  ck_assert_int_eq(access(path_of("none.db"), F_OK), -1);
}
END_TEST

START_TEST(an_empty_file_becomes_a_store_when_asked) {
  shell(": >empty.db");
  struct ask_store_options options = {.create = true};
  struct ask_store *store = ask_store_open(path_of("empty.db"), &options, &fixture()->problems);
  ck_assert(store != NULL);
  ask_store_close(store);
}
END_TEST

START_TEST(names_that_mean_something_to_sqlite_are_files) {
  shell("mkdir odd");
  ck_assert_int_eq(chdir(path_of("odd")), 0);
  static const char *const names[] = {":memory:", "file:x?mode=memory", "a b'c%20\"d"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct ask_store_options options = {.create = true};
    struct ask_store *store = ask_store_open(names[i], &options, &fixture()->problems);
    ck_assert_msg(store != NULL, "%s", names[i]);
    ask_store_close(store);
    ck_assert_msg(access(names[i], R_OK) == 0, "%s is no file", names[i]);
  }
}
END_TEST

START_TEST(only_the_owner_may_read_it) {
  umask(0);
  struct ask_store_options options = {.create = true};
  struct ask_store *store = ask_store_open(path_of("open.db"), &options, &fixture()->problems);
  static const char *const files[] = {"open.db", "open.db-wal", "open.db-shm"};
  for (size_t i = 0; i < 3; i++) {
    struct stat found;
    ck_assert_msg(stat(path_of(files[i]), &found) == 0, "%s", files[i]);
    ck_assert_msg((found.st_mode & 0777) == 0600, "%s is %o", files[i], (unsigned)found.st_mode & 0777);
  }
  ask_store_close(store);
}
END_TEST

/* Values of the tables by themselves, for what no operation shows. */
static int64_t number_of(const char *sql) {
  sqlite3 *connection;
  sqlite3_stmt *statement;
  ck_assert_int_eq(sqlite3_open(path_of("store.db"), &connection), SQLITE_OK);
  ck_assert_int_eq(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
  ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
  int64_t number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return number;
}

START_TEST(wide_texts_lie_squeezed) {
  char *wide = ask_alloc(fixture()->arena, 20000);
  for (size_t i = 0; i < 20000; i++) wide[i] = "{\"income\":2510},"[i % 16];
  struct ask_uuid id = fixture_uuid();
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
  write.revision.result = (struct ask_text){wide, 20000};
  fixture_ok(fixture_commit(&write));
  fixture_expect(fixture()->session, &write);
  ck_assert_int_lt(number_of("select length(result) from revision"), 1000);
  ck_assert_int_eq(number_of("select length(answers) from revision"), 8); /* {"n":1} and the byte for the format */
}
END_TEST

START_TEST(damaged_texts_are_found) {
  struct ask_uuid id = fixture_assessment();
  struct ask_revision found;
  static const char *const damage[] = {
      "''", /* nothing at all */
      "x''",
      "x'07'",                         /* a format there is not */
      "x'01'",                         /* lz4 without its length */
      "x'0110000000'",                 /* and without bytes */
      "x'01ffffffff4041424344'",       /* claims 4 GB */
      "x'01000000044041424344'",       /* claims 64 MB of 5 bytes */
      "x'01ff0000004041424344'",       /* longer than it is */
      "x'010100000050414243444546'",   /* shorter than it is */
      "x'01100000001041ffff41414141'", /* refers to before its start */
  };
  for (size_t i = 1; i < sizeof damage / sizeof damage[0]; i++) {
    change("store.db", ask_printf(fixture()->arena, "update revision set answers = %s", damage[i]));
    fixture_is(ask_store_get(fixture()->session, &fixture()->ours.partner, &id, 1, fixture()->arena, &found),
               ASK_STORE_BROKEN);
    ck_assert_str_ne(ask_store_message(fixture()->session), "");
  }
  change("store.db", "update revision set answers = x'007b7d'");
  fixture_ok(ask_store_get(fixture()->session, &fixture()->ours.partner, &id, 1, fixture()->arena, &found));
  ck_assert(ask_text_is(&found.answers, "{}"));
}
END_TEST

START_TEST(a_damaged_file_is_broken_not_followed) {
  for (int i = 0; i < 50; i++) fixture_assessment();
  fixture_reopen();
  struct ask_uuid id = fixture_assessment();
  change("store.db", "pragma wal_checkpoint(truncate)");
  /* All pages but the first, which says what the file is. */
  shell("size=$(stat -c %s store.db); head -c 8192 store.db >cut; yes damaged | head -c $((size - 8192)) >>cut;"
        " cat cut >store.db");
  ask_store_session *late = ask_store_session_open(fixture()->store);
  struct ask_revision found;
  enum ask_store_status status = ask_store_get(late, &fixture()->ours.partner, &id, 1, fixture()->arena, &found);
  fixture_is(status, ASK_STORE_BROKEN);
  ck_assert_str_ne(ask_store_message(late), "");
  struct ask_write write = fixture_write(&fixture()->ours, &id, 2), *group[] = {&write};
  ask_store_commit(late, group, 1);
  fixture_is(write.status, ASK_STORE_BROKEN);
  ask_store_session_close(late);
}
END_TEST

START_TEST(a_file_that_was_removed_takes_no_writes) {
  struct ask_uuid id = fixture_assessment();
  struct ask_document document = {"case", fixture_uuid(), 1, 5, {"{}", 2}};
  fixture_ok(ask_store_document_put(fixture()->session, &document, NULL, 0));
  document.version = 2;
  shell("mkdir aside; mv store.db store.db-wal store.db-shm aside");
  struct ask_write second = fixture_write(&fixture()->ours, &id, 2);
  fixture_is(fixture_commit(&second), ASK_STORE_AWAY);
  fixture_is(ask_store_document_put(fixture()->session, &document, NULL, 0), ASK_STORE_AWAY);
  fixture_is(ask_store_document_remove(fixture()->session, "case", &document.id, 1), ASK_STORE_AWAY);
  ck_assert_int_eq(access(path_of("store.db"), F_OK), -1);
  shell("mv aside/* .");
  fixture_ok(fixture_commit(&second));
  fixture_ok(ask_store_document_put(fixture()->session, &document, NULL, 0));
  fixture_reopen();
  fixture_expect(fixture()->session, &second);
}
END_TEST

START_TEST(another_process_holding_the_file_is_waited_for) {
  fixture_ok(ask_store_ping(fixture()->session));
  int ready[2];
  ck_assert_int_eq(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    sqlite3 *connection;
    sqlite3_open(path_of("store.db"), &connection);
    sqlite3_exec(connection, "begin immediate", NULL, NULL, NULL);
    if (write(ready[1], "x", 1) != 1) _exit(1);
    usleep(300000);
    sqlite3_exec(connection, "rollback", NULL, NULL, NULL);
    _exit(0);
  }
  char byte;
  ck_assert_int_eq(read(ready[0], &byte, 1), 1);
  fixture_assessment();
  ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(one_that_is_held_for_long_is_away) {
  sqlite3 *connection;
  struct ask_store_options options = {.busy_seconds = 1};
  struct ask_store *store = ask_store_open(fixture()->url, &options, &fixture()->problems);
  ask_store_session *session = ask_store_session_open(store);
  ck_assert_int_eq(sqlite3_open(path_of("store.db"), &connection), SQLITE_OK);
  ck_assert_int_eq(sqlite3_exec(connection, "begin immediate", NULL, NULL, NULL), SQLITE_OK);
  struct ask_uuid id = fixture_uuid();
  struct ask_write write = fixture_write(&fixture()->ours, &id, 1), *group[] = {&write};
  ask_store_commit(session, group, 1);
  fixture_is(write.status, ASK_STORE_AWAY);
  ck_assert_str_ne(write.message, "");
  struct ask_partner_key found;
  fixture_ok(ask_store_key_find(session, fixture()->ours.hash, fixture()->arena, &found)); /* reading goes on */
  sqlite3_close(connection);
  ask_store_commit(session, group, 1);
  fixture_ok(write.status);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

/* A store whose tables disagree: the revision that is to come is there already. The others of the group get through. */
START_TEST(one_that_is_refused_halfway_is_set_aside) {
  struct ask_uuid id = fixture_assessment(), a = fixture_uuid(), b = fixture_uuid();
  change("store.db",
         "insert into revision select id, client_key, 2, at, as_of, key, rules, answers, result from revision");
  struct ask_write writes[] = {fixture_write(&fixture()->ours, &a, 1), fixture_write(&fixture()->ours, &id, 2),
                               fixture_write(&fixture()->ours, &b, 1)};
  fixture_key(&writes[1], "k", 'x');
  struct ask_write *group[] = {&writes[0], &writes[1], &writes[2]};
  ask_store_commit(fixture()->session, group, 3);
  fixture_ok(writes[0].status);
  fixture_is(writes[1].status, ASK_STORE_CONFLICT);
  fixture_ok(writes[2].status);
  ck_assert_int_eq(writes[0].attempts, 2);
  fixture_expect(fixture()->session, &writes[0]);
  fixture_expect(fixture()->session, &writes[2]);
  ck_assert_int_eq(number_of("select latest from assessment order by id limit 1"), 1);
}
END_TEST

START_TEST(settings_are_those_that_durability_needs) {
  ck_assert_int_eq(number_of("select count(*) from pragma_journal_mode where journal_mode = 'wal'"), 1);
  ck_assert_int_eq(number_of("select application_id from pragma_application_id"), 0x41736b31);
  ck_assert_int_eq(number_of("select count(*) from pragma_table_list where schema = 'main' and type = 'table'"
                             " and name not like 'sqlite%' and not strict"),
                   0);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {a_newer_version_is_refused_and_left_alone,
                                what_is_not_ours_is_refused_and_left_alone,
                                a_place_that_is_not_there_is_a_problem,
                                an_empty_file_becomes_a_store_when_asked,
                                names_that_mean_something_to_sqlite_are_files,
                                only_the_owner_may_read_it,
                                wide_texts_lie_squeezed,
                                damaged_texts_are_found,
                                a_damaged_file_is_broken_not_followed,
                                a_file_that_was_removed_takes_no_writes,
                                another_process_holding_the_file_is_waited_for,
                                one_that_is_held_for_long_is_away,
                                one_that_is_refused_halfway_is_set_aside,
                                settings_are_those_that_durability_needs,
                                NULL};
  return fixture_main("sqlite_file", tests);
}
