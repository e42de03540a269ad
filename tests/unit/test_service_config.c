/* The server's settings: the four places they come from, which wins, and what is said of bad ones. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/config.h"

struct reading {
  struct ask_arena *arena;
  struct ask_problems problems;
  struct ask_config config;
  const struct ask_setting *settings;
  size_t count;
  char file[64];
  bool good;
};

/* yaml NULL: no file. words end with {0}. */
static struct reading read_all(const char *yaml, const struct ask_config_word *words) {
  struct reading r = {.arena = ask_arena_new(), .file = "/tmp/test_config_XXXXXX"};
  size_t count = 0;
  r.problems.arena = r.arena;
  if (yaml) {
    int fd = mkstemp(r.file);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, yaml, strlen(yaml)), (long)strlen(yaml));
    close(fd);
  }
  while (words && words[count].name) count++;
  r.good = ask_config_read(r.arena, yaml ? r.file : NULL, words, count, &r.config, &r.settings, &r.count, &r.problems);
  if (yaml) unlink(r.file);
  return r;
}

static void done(struct reading *r) { ask_arena_free(r->arena); }

static const struct ask_setting *setting(const struct reading *r, const char *name) {
  for (size_t i = 0; i < r->count; i++)
    if (strcmp(r->settings[i].name, name) == 0) return &r->settings[i];
  ck_abort_msg("there is no setting %s", name);
}

static void good(const struct reading *r) {
  ck_assert_msg(r->good && !r->problems.errors, "%s", r->problems.count ? r->problems.list[0].message : "no problem");
}

/* The file is refused, at this line and column, with `message` and `hint` in what is said (NULL: no matter). */
static void refused(const char *yaml, int line, int column, const char *message, const char *hint) {
  struct reading r = read_all(yaml, NULL);
  ck_assert_msg(!r.good && r.problems.count > 0, "not refused: %s", yaml);
  const struct ask_problem *problem = &r.problems.list[0];
  ck_assert_msg(strstr(problem->message, message), "%s: it says: %s", yaml, problem->message);
  ck_assert_msg(!hint || (problem->hint && strstr(problem->hint, hint)), "%s: hint: %s", yaml,
                problem->hint ? problem->hint : "none");
  ck_assert_str_eq(problem->at.file, r.file);
  ck_assert_int_eq(problem->at.line, line);
  ck_assert_int_eq(problem->at.column, column);
  done(&r);
}

START_TEST(defaults) {
  struct reading r = read_all(NULL, NULL);
  good(&r);
  ck_assert_uint_eq(r.problems.count, 0);
  ck_assert_str_eq(r.config.host, "127.0.0.1");
  ck_assert_int_eq(r.config.port, 8080);
  ck_assert_str_eq(r.config.data, "./var");
  ck_assert_str_eq(r.config.store, "sqlite:./var/askonce.db");
  ck_assert_ptr_null(r.config.tls_certificate);
  ck_assert_ptr_null(r.config.tls_key);
  ck_assert_str_eq(r.config.pack, "all");
  ck_assert_ptr_null(r.config.default_packs);
  ck_assert_int_eq(r.config.threads, 0);
  ck_assert_int_eq(r.config.connections, 8192);
  ck_assert_int_eq(r.config.connections_per_address, 0);
  ck_assert_int_eq(r.config.body_bytes, 1048576);
  ck_assert_int_eq(r.config.header_bytes, 16384);
  ck_assert_int_eq(r.config.idle_seconds, 30);
  ck_assert_int_eq(r.config.request_seconds, 20);
  ck_assert_int_eq(r.config.requests_per_second, 0);
  ck_assert_int_eq(r.config.burst, 0);
  ck_assert_int_eq(r.config.queue, 4096);
  ck_assert_int_eq(r.config.drain_seconds, 30);
  ck_assert_int_eq(r.config.account_idle_minutes, 30);
  ck_assert_int_eq(r.config.account_session_hours, 12);
  ck_assert_int_eq(r.config.account_lockout_tries, 5);
  ck_assert_int_eq(r.config.account_lockout_seconds, 60);
  ck_assert_str_eq(r.config.log, "info");
  ck_assert_int_eq(setting(&r, "listen.port")->origin, ASK_FROM_DEFAULT);
  ck_assert_ptr_null(setting(&r, "listen.port")->where);
  ck_assert_ptr_null(setting(&r, "tls.key")->value);
  done(&r);
}
END_TEST

static const char everything[] =
    "listen: {host: 127.0.0.2, port: 9001}\n"
    "tls:\n"
    "  certificate: /etc/c.pem\n"
    "  key: /etc/k.pem\n"
    "data: /srv/askonce\n"
    "store: sqlite:/srv/other.db\n"
    "rules: {forms: f, plugins: p, pack: nyc}\n"
    "server: {threads: 3, drain_seconds: 5}\n"
    "limits:\n"
    "  connections: 10\n"
    "  connections_per_address: 11\n"
    "  body_bytes: 2048\n"
    "  header_bytes: 4096\n"
    "  idle_seconds: 14\n"
    "  request_seconds: 15\n"
    "  requests_per_second: 16\n"
    "  queued_writes: 17\n"
    "accounts: {idle_minutes: 18, session_hours: 19, lockout_tries: 20, lockout_seconds: 21}\n"
    "log: {level: off}\n";

START_TEST(all_from_a_file) {
  struct reading r = read_all(everything, NULL);
  good(&r);
  ck_assert_str_eq(r.config.host, "127.0.0.2");
  ck_assert_int_eq(r.config.port, 9001);
  ck_assert_str_eq(r.config.tls_certificate, "/etc/c.pem");
  ck_assert_str_eq(r.config.tls_key, "/etc/k.pem");
  ck_assert_str_eq(r.config.data, "/srv/askonce");
  ck_assert_str_eq(r.config.store, "sqlite:/srv/other.db");
  ck_assert_str_eq(r.config.forms, "f");
  ck_assert_str_eq(r.config.plugins, "p");
  ck_assert_str_eq(r.config.pack, "nyc");
  ck_assert_int_eq(r.config.threads, 3);
  ck_assert_int_eq(r.config.drain_seconds, 5);
  ck_assert_int_eq(r.config.connections, 10);
  ck_assert_int_eq(r.config.connections_per_address, 11);
  ck_assert_int_eq(r.config.body_bytes, 2048);
  ck_assert_int_eq(r.config.header_bytes, 4096);
  ck_assert_int_eq(r.config.idle_seconds, 14);
  ck_assert_int_eq(r.config.request_seconds, 15);
  ck_assert_int_eq(r.config.requests_per_second, 16);
  ck_assert_int_eq(r.config.burst, 32); /* twice the rate */
  ck_assert_int_eq(r.config.queue, 17);
  ck_assert_int_eq(r.config.account_idle_minutes, 18);
  ck_assert_int_eq(r.config.account_session_hours, 19);
  ck_assert_int_eq(r.config.account_lockout_tries, 20);
  ck_assert_int_eq(r.config.account_lockout_seconds, 21);
  ck_assert_str_eq(r.config.log, "off");
  const struct ask_setting *port = setting(&r, "listen.port");
  ck_assert_int_eq(port->origin, ASK_FROM_FILE);
  ck_assert_str_eq(port->value, "9001");
  ck_assert_int_eq(strncmp(port->where, r.file, strlen(r.file)), 0);
  ck_assert_str_eq(port->where + strlen(r.file), ":1");
  ck_assert_str_eq(setting(&r, "log.level")->where + strlen(r.file), ":19");
  done(&r);
}
END_TEST

START_TEST(later_places_win) {
  const struct ask_config_word words[] = {{"listen.port", "3", "--port"}, {"listen.host", NULL, "--host"}, {0}};
  const char yaml[] = "listen: {host: 127.0.0.5, port: 1}\ndata: d\nlog: {level: errors}\n";
  setenv("ASKONCE_PORT", "2", 1);
  setenv("ASKONCE_VAR", "e", 1);
  setenv("ASKONCE_LOG", "", 1); /* empty: as if it were not there */
  struct reading r = read_all(yaml, words);
  good(&r);
  ck_assert_int_eq(r.config.port, 3);
  ck_assert_str_eq(setting(&r, "listen.port")->where, "--port");
  ck_assert_int_eq(setting(&r, "listen.port")->origin, ASK_FROM_COMMAND);
  ck_assert_str_eq(r.config.host, "127.0.0.5"); /* a flag that was not given changes nothing */
  ck_assert_str_eq(r.config.data, "e");
  ck_assert_str_eq(setting(&r, "data")->where, "ASKONCE_VAR");
  ck_assert_int_eq(setting(&r, "data")->origin, ASK_FROM_ENVIRONMENT);
  ck_assert_str_eq(r.config.store, "sqlite:e/askonce.db"); /* follows the data folder that won */
  ck_assert_str_eq(r.config.log, "errors");
  done(&r);
}
END_TEST

START_TEST(a_file_named_by_the_environment) {
  char file[] = "/tmp/test_config_XXXXXX";
  int fd = mkstemp(file);
  ck_assert_int_eq(write(fd, "data: named\n", 12), 12);
  close(fd);
  setenv("ASKONCE_CONFIG", file, 1);
  struct reading r = read_all(NULL, NULL);
  good(&r);
  ck_assert_str_eq(r.config.data, "named");
  done(&r);
  r = read_all("data: given\n", NULL); /* --config goes before it */
  ck_assert_str_eq(r.config.data, "given");
  done(&r);
  unlink(file);
  r = read_all(NULL, NULL);
  ck_assert(!r.good);
  ck_assert_str_eq(r.problems.list[0].at.file, file);
  done(&r);
}
END_TEST

START_TEST(nothing_in_a_file) {
  static const char *const files[] = {"# data: ./var\n", "", "listen:\n", "listen: {}\nstore:\ndata: ~\n"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct reading r = read_all(files[i], NULL);
    good(&r);
    ck_assert_int_eq(r.config.port, 8080);
    ck_assert_str_eq(r.config.data, "./var");
    done(&r);
  }
}
END_TEST

START_TEST(refuses_what_is_wrong_in_a_file) {
  refused("data: x\nlisten:\n  prot: 8080\n", 3, 3, "there is no setting 'listen.prot'", "did you mean port?");
  refused("lisen: {port: 1}\n", 1, 1, "there is no setting 'lisen'", "did you mean listen?");
  refused("port: 8080\n", 1, 1, "there is no setting 'port'", "below listen");
  refused("limits: {level: 1}\n", 1, 10, "there is no setting 'limits.level'", "below log");
  refused("listen.port: 8080\n", 1, 1, "there is no setting 'listen.port'", NULL);
  refused("xyzzy: 1\n", 1, 1, "there is no setting 'xyzzy'",
          "listen, tls, data, store, rules, app, server, limits, accounts, log");
  refused("listen: {port: 65536}\n", 1, 16, "a whole number from 0 to 65535, not '65536'", NULL);
  refused("listen: {port: -1}\n", 1, 16, "a whole number", NULL);
  refused("listen: {port: 80.5}\n", 1, 16, "a whole number", NULL);
  refused("listen: {port: 1e3}\n", 1, 16, "a whole number", NULL);
  refused("listen: {port: 99999999999999999999}\n", 1, 16, "a whole number", NULL);
  refused("listen: {port: http}\n", 1, 16, "listen.port needs a number, not a text", NULL);
  refused("listen: {port: [1]}\n", 1, 16, "not a list", NULL);
  refused("listen: {host: {a: 1}}\n", 1, 16, "listen.host needs a text, not a mapping", NULL);
  refused("listen: {host: true}\n", 1, 16, "not true or false", NULL);
  refused("listen: 8080\n", 1, 9, "listen needs a mapping", "indented");
  refused("log: {level: debug}\n", 1, 14, "one of off, errors, info, not 'debug'", NULL);
  refused("log: {level: \"off, errors\"}\n", 1, 15, "one of", NULL);
  refused("log: {level: \"\"}\n", 1, 15, "one of", NULL);
  refused("data: \"a\\nb\"\n", 1, 8, "control characters", NULL);
  refused("data: ''\n", 1, 8, "a text of", NULL);
  refused("limits: {body_bytes: 0}\n", 1, 22, "from 1024 to", NULL);
  refused("- data\n", 1, 1, "settings are a mapping", NULL);
  refused("data: a\ndata: b\n", 2, 1, "data", NULL);
  refused("data: [\n", 2, 1, "not YAML", NULL);
}
END_TEST

START_TEST(says_everything_at_once) {
  struct reading r = read_all("listen: {port: x, hots: y}\nlog: {level: z}\n", NULL);
  ck_assert(!r.good);
  ck_assert_uint_eq(r.problems.errors, 3);
  done(&r);
}
END_TEST

START_TEST(refuses_what_is_wrong_elsewhere) {
  const struct ask_config_word words[] = {{"listen.port", "http", "--port"}, {0}};
  struct reading r = read_all(NULL, words);
  ck_assert(!r.good);
  ck_assert_str_eq(r.problems.list[0].path, "--port");
  ck_assert_ptr_nonnull(strstr(r.problems.list[0].message, "not 'http'"));
  done(&r);
  setenv("ASKONCE_THREADS", "many", 1);
  r = read_all(NULL, NULL);
  ck_assert(!r.good);
  ck_assert_str_eq(r.problems.list[0].path, "ASKONCE_THREADS");
  done(&r);
  unsetenv("ASKONCE_THREADS");
  setenv("ASKONCE_PROT", "9000", 1); /* may be somebody else's: a warning */
  setenv("ASKONCE_DATA", "/x", 1);   /* where forms and plugins are */
  setenv("ASKONCE_SOMETHING_ELSE", "x", 1);
  r = read_all(NULL, NULL);
  good(&r);
  ck_assert_uint_eq(r.problems.count, 1);
  ck_assert_int_eq(r.problems.list[0].severity, ASK_WARNING);
  ck_assert_str_eq(r.problems.list[0].hint, "did you mean ASKONCE_PORT?");
  done(&r);
}
END_TEST

START_TEST(warns_of_answers_in_the_clear) {
  static const struct {
    const char *yaml;
    size_t warnings;
  } cases[] = {
      {"listen: {host: 0.0.0.0}\n", 1},     {"listen: {host: '::'}\n", 1},
      {"listen: {host: 10.1.2.3}\n", 1},    {"listen: {host: localhost}\n", 0},
      {"listen: {host: '::1'}\n", 0},       {"listen: {host: 127.1.2.3}\n", 0},
      {"listen: {host: 127.example}\n", 1}, {"listen: {host: 0.0.0.0}\ntls: {certificate: c, key: k}\n", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct reading r = read_all(cases[i].yaml, NULL);
    good(&r);
    ck_assert_msg(r.problems.count == cases[i].warnings, "%s: %zu", cases[i].yaml, r.problems.count);
    if (r.problems.count) ck_assert_str_eq(r.problems.list[0].code, "no-tls");
    done(&r);
  }
  struct reading r = read_all("tls: {key: k}\n", NULL);
  ck_assert(!r.good);
  ck_assert_str_eq(r.problems.list[0].path, "tls.certificate");
  done(&r);
  r = read_all("tls: {certificate: c}\n", NULL);
  ck_assert(!r.good);
  ck_assert_str_eq(r.problems.list[0].path, "tls.key");
  done(&r);
}
END_TEST

START_TEST(hides_passwords) {
  static const char *const cases[][2] = {
      {"postgresql://ask:secret@db/askonce", "postgresql://ask:***@db/askonce"},
      {"postgres://db/askonce?user=a&password=secret&sslmode=require",
       "postgres://db/askonce?user=a&password=***&sslmode=require"},
      {"postgresql://db/a?password=secret&sslpassword=secret", "postgresql://db/a?password=***&sslpassword=***"},
      {"postgresql://ask@db:5432/askonce", "postgresql://ask@db:5432/askonce"},
      {"postgresql://db:5432/a@b", "postgresql://db:5432/a@b"},
      {"sqlite:/srv/a.db", "sqlite:/srv/a.db"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct ask_config_word words[] = {{"store", cases[i][0], "--store"}, {0}};
    struct ask_buffer json = {0};
    struct reading r = read_all(NULL, words);
    good(&r);
    ck_assert_str_eq(r.config.store, cases[i][0]);
    ck_assert_str_eq(setting(&r, "store")->value, cases[i][1]);
    ask_config_write(&json, r.settings, r.count);
    ck_assert_ptr_null(strstr(json.bytes, "secret"));
    ck_assert_ptr_nonnull(strstr(json.bytes, "\"from\":\"command\",\"where\":\"--store\""));
    ask_buffer_free(&json);
    done(&r);
  }
}
END_TEST

int main(void) {
  static const char *const variables[] = {"ASKONCE_DATA", "ASKONCE_CONFIG", "ASKONCE_PORT", "ASKONCE_VAR",
                                          "ASKONCE_STORE"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) unsetenv(variables[i]);
  Suite *suite = suite_create("settings");
  TCase *tests = tcase_create("settings");
  tcase_add_test(tests, defaults);
  tcase_add_test(tests, all_from_a_file);
  tcase_add_test(tests, later_places_win);
  tcase_add_test(tests, a_file_named_by_the_environment);
  tcase_add_test(tests, nothing_in_a_file);
  tcase_add_test(tests, refuses_what_is_wrong_in_a_file);
  tcase_add_test(tests, says_everything_at_once);
  tcase_add_test(tests, refuses_what_is_wrong_elsewhere);
  tcase_add_test(tests, warns_of_answers_in_the_clear);
  tcase_add_test(tests, hides_passwords);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
