/* The data folder with its lock, the control socket with callers that behave and callers that do not, and names of
 * partners. */
#include <check.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "service/control.h"
#include "service/file.h"
#include "service/keys.h"

struct place {
  char above[64];
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_data_folder folder;
};

static struct place place_new(const char *below) {
  struct place place = {.above = "/tmp/test_control_XXXXXX", .arena = ask_arena_new()};
  place.problems.arena = place.arena;
  ck_assert_ptr_nonnull(mkdtemp(place.above));
  place.folder = ask_data_folder_of(place.arena, ask_path_join(place.arena, place.above, below));
  return place;
}

static void place_free(struct place *place) {
  char line[128];
  snprintf(line, sizeof line, "rm -rf %s", place->above);
  ck_assert_int_eq(system(line), 0);
  ask_arena_free(place->arena);
}

static unsigned mode_of(const char *path) {
  struct stat status;
  ck_assert_int_eq(stat(path, &status), 0);
  return status.st_mode & 0777;
}

static const char *first_message(struct place *place) {
  return place->problems.count ? place->problems.list[0].message : "(no problem)";
}

/* ---- the data folder ------------------------------------------------------------------------------------------------ */

START_TEST(folder_is_made_for_its_user_alone) {
  struct place place = place_new("a/b/c");
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  ck_assert_uint_eq(place.problems.count, 0);
  ck_assert_uint_eq(mode_of(place.folder.path), 0700);
  ck_assert_uint_eq(mode_of(ask_path_join(place.arena, place.above, "a")), 0700);
  ck_assert(ask_data_folder_make(&place.folder, &place.problems)); /* again: nothing to do */
  ck_assert_uint_eq(place.problems.count, 0);
  chmod(place.folder.path, 0755);
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  ck_assert_uint_eq(place.problems.count, 1);
  ck_assert_int_eq(place.problems.list[0].severity, ASK_WARNING);
  place_free(&place);
}
END_TEST

START_TEST(folder_that_cannot_be) {
  struct place place = place_new("file/below");
  fclose(fopen(ask_path_join(place.arena, place.above, "file"), "w"));
  ck_assert(!ask_data_folder_make(&place.folder, &place.problems));
  ck_assert_ptr_nonnull(strstr(first_message(&place), "cannot be made"));
  place.folder = ask_data_folder_of(place.arena, ask_path_join(place.arena, place.above, "file"));
  place.problems = (struct ask_problems){.arena = place.arena};
  ck_assert(!ask_data_folder_make(&place.folder, &place.problems));
  ck_assert_ptr_nonnull(strstr(first_message(&place), "is not a folder"));
  place_free(&place);
}
END_TEST

START_TEST(lock_is_held_once) {
  struct place place = place_new("var");
  struct ask_running_server server = {0};
  char wanted[64];
  ck_assert(!ask_data_is_served(&place.folder, &server)); /* the folder is not even there */
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  int lock = ask_data_lock(&place.folder, &place.problems);
  ck_assert_int_ge(lock, 0);
  ck_assert_uint_eq(mode_of(place.folder.lock), 0600);
  ask_data_lock_set_port(lock, 18080);
  ck_assert(ask_data_is_served(&place.folder, &server));
  ck_assert_int_eq(server.process, getpid());
  ck_assert_int_eq(server.port, 18080);
  ck_assert_int_eq(ask_data_lock(&place.folder, &place.problems), -1);
  snprintf(wanted, sizeof wanted, "(process %ld, port 18080)", (long)getpid());
  ck_assert_msg(strstr(first_message(&place), wanted), "%s", first_message(&place));
  ask_data_lock_release(lock);
  ck_assert(!ask_data_is_served(&place.folder, NULL));
  lock = ask_data_lock(&place.folder, &place.problems);
  ck_assert_int_ge(lock, 0);
  ask_data_lock_release(lock);
  ask_data_lock_release(-1);
  place_free(&place);
}
END_TEST

START_TEST(lock_goes_with_its_process) {
  struct place place = place_new("var");
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  int ready[2];
  ck_assert_int_eq(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    int lock = ask_data_lock(&place.folder, &place.problems);
    if (lock < 0 || write(ready[1], "x", 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char byte;
  ck_assert_int_eq(read(ready[0], &byte, 1), 1);
  struct ask_running_server server;
  ck_assert(ask_data_is_served(&place.folder, &server));
  ck_assert_int_eq(server.process, child);
  ck_assert_int_eq(server.port, 0);
  kill(child, SIGKILL);
  ck_assert_int_eq(waitpid(child, NULL, 0), child);
  ck_assert(!ask_data_is_served(&place.folder, NULL)); /* though the file still names it */
  int lock = ask_data_lock(&place.folder, &place.problems);
  ck_assert_int_ge(lock, 0);
  ask_data_lock_release(lock);
  place_free(&place);
}
END_TEST

START_TEST(lock_file_with_nonsense_in_it) {
  struct place place = place_new("var");
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  int lock = ask_data_lock(&place.folder, &place.problems);
  struct ask_running_server server = {1, 1};
  ck_assert_int_eq(ftruncate(lock, 0), 0);
  ck_assert_int_eq(
      pwrite(lock, "\xff\x00zzzzzz 99999999999999999999999999999999999999999999999999999999999999999", 70, 0), 70);
  ck_assert(ask_data_is_served(&place.folder, &server));
  ck_assert_int_eq(server.process, 0);
  ck_assert_int_eq(ask_data_lock(&place.folder, &place.problems), -1);
  ck_assert_ptr_nonnull(strstr(first_message(&place), "a server is already running"));
  ask_data_lock_release(lock);
  place_free(&place);
}
END_TEST

/* ---- the control socket --------------------------------------------------------------------------------------------- */

static atomic_int reloads;

static bool reload(void *context, struct ask_reload_report *ret, struct ask_problems *problems) {
  const bool *good = context;
  atomic_fetch_add(&reloads, 1);
  *ret =
      (struct ask_reload_report){.swapped = *good, .cases = 7, .failed = *good ? 0 : 2, .generation = 3, .programs = 8};
  memcpy(ret->hash, "abc", 4);
  if (!*good)
    ask_problem_add(problems, ASK_ERROR, "failed-case", (struct ask_place){"a \"b\".yaml", 4, 2}, "x.y", "mend it",
                    "expected %s", "é\n");
  ask_problem_add(problems, ASK_WARNING, "odd", ASK_NOWHERE, NULL, NULL, "a warning");
  return *good;
}

/* Everything the server says to these bytes, after which the sender falls silent or hangs up. */
static size_t say(struct place *place, const char *bytes, size_t length, bool hang_up, char *ret, size_t size) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t got = 0;
  snprintf(address.sun_path, sizeof address.sun_path, "%s", place->folder.socket);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
  if (length) ck_assert_int_ge(send(fd, bytes, length, MSG_NOSIGNAL), 0);
  if (hang_up) shutdown(fd, SHUT_WR);
  for (ssize_t more; got < size - 1 && (more = recv(fd, ret + got, size - 1 - got, 0)) > 0;) got += (size_t)more;
  close(fd);
  ret[got] = '\0';
  return got;
}

static void ask_and_compare(struct place *place, bool good) {
  struct ask_text line;
  struct ask_reload_report report = {0};
  struct ask_problems problems = {.arena = place->arena}, said = {.arena = place->arena};
  ck_assert(ask_control_ask_reload(place->arena, &place->folder, &line, &problems));
  ck_assert(ask_reload_report_read(place->arena, line, &report, &said));
  ck_assert_int_eq(report.swapped, good);
  ck_assert(!report.unchanged);
  ck_assert_uint_eq(report.cases, 7);
  ck_assert_uint_eq(report.failed, good ? 0 : 2);
  ck_assert_int_eq(report.generation, 3);
  ck_assert_uint_eq(report.programs, 8);
  ck_assert_str_eq(report.hash, "abc");
  ck_assert_uint_eq(said.errors, good ? 0 : 1);
  ck_assert_uint_eq(said.count, good ? 1 : 2);
  if (good) return;
  ck_assert_str_eq(said.list[0].at.file, "a \"b\".yaml");
  ck_assert_int_eq(said.list[0].at.line, 4);
  ck_assert_int_eq(said.list[0].at.column, 2);
  ck_assert_str_eq(said.list[0].message, "expected é\n");
  ck_assert_str_eq(said.list[0].hint, "mend it");
  ck_assert_str_eq(said.list[0].path, "x.y");
  ck_assert_int_eq(said.list[1].severity, ASK_WARNING);
}

START_TEST(reloads_when_asked) {
  struct place place = place_new("var");
  bool good = true;
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  struct ask_text unread;
  ck_assert(!ask_control_ask_reload(place.arena, &place.folder, &unread, &place.problems));
  ck_assert_ptr_nonnull(strstr(first_message(&place), "no server is running"));
  struct ask_control *control = ask_control_start(&place.folder, reload, &good, &place.problems);
  ck_assert_ptr_nonnull(control);
  ck_assert_uint_eq(mode_of(place.folder.socket), 0600);
  ask_and_compare(&place, true);
  good = false;
  ask_and_compare(&place, false);
  ck_assert_ptr_null(ask_control_stop(control));
  ck_assert(!ask_is_there(place.folder.socket));
  ck_assert_ptr_null(ask_control_stop(NULL));
  place_free(&place);
}
END_TEST

START_TEST(replaces_a_dead_servers_socket_and_takes_long_paths) {
  char deep[200];
  memset(deep, 'x', sizeof deep);
  deep[sizeof deep - 1] = '\0';
  const char *below[] = {"var", deep};
  for (size_t i = 0; i < 2; i++) {
    struct place place = place_new(below[i]);
    bool good = true;
    ck_assert(ask_data_folder_make(&place.folder, &place.problems));
    fclose(fopen(place.folder.socket, "w")); /* whatever lies there */
    struct ask_control *control = ask_control_start(&place.folder, reload, &good, &place.problems);
    ck_assert_msg(control != NULL, "%s", first_message(&place));
    ask_and_compare(&place, true);
    ask_control_stop(control);
    place_free(&place);
  }
}
END_TEST

START_TEST(hostile_callers) {
  struct place place = place_new("var");
  bool good = true;
  char reply[4096], much[8192];
  memset(much, 'r', sizeof much);
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  struct ask_control *control = ask_control_start(&place.folder, reload, &good, &place.problems);
  int before = atomic_load(&reloads);
  static const struct {
    const char *bytes;
    size_t length;
    const char *code;
  } cases[] = {
      {"reloa\n", 6, "unknown-command"},
      {"\n", 1, "unknown-command"},
      {"GET / HTTP/1.1\r\n", 16, "unknown-command"},
      {"\xff\xfe\"\n", 4, "unknown-command"},
      {"reload", 6, "no-command"},
      {"", 0, "no-command"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    say(&place, cases[i].bytes, cases[i].length, true, reply, sizeof reply);
    ck_assert_msg(strstr(reply, cases[i].code), "%zu: %s", i, reply);
  }
  say(&place, much, sizeof much, true, reply, sizeof reply);
  ck_assert_int_eq(atomic_load(&reloads), before);
  /* one that hangs up at once, and one that says nothing for as long as it may: the next is served all the same */
  for (int i = 0; i < 20; i++) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", place.folder.socket);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
      (void)!send(fd, "reload\n", (size_t)i % 8, MSG_NOSIGNAL);
    close(fd);
  }
  say(&place, "rel", 3, false, reply, sizeof reply);
  ck_assert_ptr_nonnull(strstr(reply, "no-command"));
  ask_and_compare(&place, true);
  ask_control_stop(control);
  place_free(&place);
}
END_TEST

START_TEST(stops_while_somebody_is_silent) {
  struct place place = place_new("var");
  bool good = true;
  ck_assert(ask_data_folder_make(&place.folder, &place.problems));
  struct ask_control *control = ask_control_start(&place.folder, reload, &good, &place.problems);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", place.folder.socket);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
  usleep(50 * 1000);
  int64_t begin = ask_now();
  ask_control_stop(control);
  ck_assert_int_lt(ask_now() - begin, 1000 * 1000);
  close(fd);
  place_free(&place);
}
END_TEST

START_TEST(reports_that_are_none) {
  static const char *const lines[] = {"", "x", "[]", "{}", "5", "{\"problems\":5}", "{\"problems\":[", "\xff"};
  struct ask_arena *arena = ask_arena_new();
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct ask_problems problems = {.arena = arena};
    struct ask_reload_report report;
    ck_assert_msg(!ask_reload_report_read(arena, (struct ask_text){lines[i], strlen(lines[i])}, &report, &problems),
                  "%s", lines[i]);
    ck_assert_uint_eq(problems.errors, 1);
  }
  struct ask_problems problems = {.arena = arena};
  struct ask_reload_report report;
  static const char odd[] = "{\"swapped\":1,\"hash\":7,\"cases\":\"x\",\"problems\":[5,{},{\"message\":null}]}";
  ck_assert(ask_reload_report_read(arena, (struct ask_text){odd, sizeof odd - 1}, &report, &problems));
  ck_assert(!report.swapped);
  ck_assert_uint_eq(problems.count, 3);
  ask_arena_free(arena);
}
END_TEST

/* ---- keys ------------------------------------------------------------------------------------------------------------ */

START_TEST(names_of_partners) {
  static const struct {
    const char *name;
    bool good;
  } cases[] = {
      {"a", true},        {"Elder Care of Queens", true},
      {"Élan 2", true},   {"", false},
      {" a", false},      {"a ", false},
      {"a\tb", false},    {"a\nb", false},
      {"a\x7f", false},   {"a\xc2\x85", false},
      {"a\xff", false},   {"\xc3", false},
      {"\xc2\xa0", true}, {"a\x1b[2J", false},
  };
  struct ask_arena *arena = ask_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct ask_problems problems = {.arena = arena};
    ck_assert_msg(ask_key_name_check(cases[i].name, &problems) == cases[i].good, "%zu: %s", i, cases[i].name);
    ck_assert_uint_eq(problems.errors, cases[i].good ? 0 : 1);
  }
  char long_name[ASK_STORE_NAME_LIMIT + 2] = "";
  struct ask_problems problems = {.arena = arena};
  memset(long_name, 'a', ASK_STORE_NAME_LIMIT);
  ck_assert(ask_key_name_check(long_name, &problems));
  long_name[ASK_STORE_NAME_LIMIT] = 'a';
  ck_assert(!ask_key_name_check(long_name, &problems));
  ask_arena_free(arena);
}
END_TEST

START_TEST(hashes_and_moments) {
  char hash[ASK_HASH_TEXT], moment[ASK_MOMENT_TEXT];
  ask_key_hash((struct ask_text){"abc", 3}, hash);
  ck_assert_str_eq(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* FIPS 180-4 */
  ask_moment_text(0, moment);
  ck_assert_str_eq(moment, "1970-01-01T00:00:00.000000Z");
  ask_moment_text(1795427142123456, moment);
  ck_assert_str_eq(moment, "2026-11-23T09:45:42.123456Z");
  ask_moment_text(-1, moment);
  ck_assert_str_eq(moment, "1970-01-01T00:00:00.000000Z");
  ask_moment_text(INT64_MAX, moment);
  ck_assert_str_eq(moment, "9999-12-31T23:59:59.999999Z");
  struct ask_uuid one = ask_uuid_new(), two = ask_uuid_new(), of = ask_uuid_new_of_client(&one);
  ck_assert_int_ne(memcmp(&one, &two, sizeof one), 0);
  ck_assert_int_ne(memcmp(&one, &of, sizeof one), 0);
  ck_assert_int_eq(ask_uuid_client_key(&one), ask_uuid_client_key(&of));
  ck_assert_int_lt(llabs(ask_uuid_time(&of) - ask_now() / 1000), 10000);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("data folder and control socket");
  TCase *tests = tcase_create("all");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, folder_is_made_for_its_user_alone);
  tcase_add_test(tests, folder_that_cannot_be);
  tcase_add_test(tests, lock_is_held_once);
  tcase_add_test(tests, lock_goes_with_its_process);
  tcase_add_test(tests, lock_file_with_nonsense_in_it);
  tcase_add_test(tests, reloads_when_asked);
  tcase_add_test(tests, replaces_a_dead_servers_socket_and_takes_long_paths);
  tcase_add_test(tests, hostile_callers);
  tcase_add_test(tests, stops_while_somebody_is_silent);
  tcase_add_test(tests, reports_that_are_none);
  tcase_add_test(tests, names_of_partners);
  tcase_add_test(tests, hashes_and_moments);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
