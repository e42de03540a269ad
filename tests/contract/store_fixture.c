/* A fresh store for each test of the contract suite, and the words that the tests use. */
#include "contract/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Check's fixtures take no argument: the one global. */
static struct fixture here;

struct fixture *fixture(void) {
  return &here;
}

bool fixture_is_sqlite(void) {
  const char *kind = getenv("ASK_TEST_STORE");
  return !kind || strcmp(kind, "sqlite") == 0;
}

struct ask_uuid fixture_uuid(void) {
  unsigned char random[10];
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) abort();
  return ask_uuid_v7(now.tv_sec * 1000 + now.tv_nsec / 1000000, random);
}

bool fixture_same(const struct ask_uuid *a, const struct ask_uuid *b) { return memcmp(a, b, sizeof *a) == 0; }

void fixture_status(enum ask_store_status status, enum ask_store_status expected, const char *what, const char *file,
                    int line) {
  if (status == expected) return;
  ck_abort_msg("%s:%d: %s is %s rather than %s (%s)", file, line, what, ask_store_status_text(status),
               ask_store_status_text(expected), here.session ? ask_store_message(here.session) : "");
}

static void open_store(void) {
  struct ask_store_options options = {.create = true};
  here.store = ask_store_open(here.url, &options, &here.problems);
  ck_assert_msg(here.store != NULL, "%s: %s", here.url, here.problems.count ? here.problems.list[0].message : "?");
  here.session = ask_store_session_open(here.store);
}

static void close_store(void) {
  here.session = ask_store_session_close(here.session);
  here.store = ask_store_close(here.store);
}

void fixture_reopen(void) {
  close_store();
  open_store();
}

static void add_partner(const char *name, char digit, struct ask_partner_key *ret) {
  struct ask_uuid partner = fixture_uuid();
  *ret = (struct ask_partner_key){.id = fixture_uuid(), .name = name, .created = 1000 + digit};
  memset(ret->hash, digit, ASK_HASH_TEXT - 1);
  fixture_ok(ask_store_key_add(here.session, ret, &partner));
}

static void set_up(void) {
  here = (struct fixture){.arena = ask_arena_new()};
  here.problems.arena = here.arena;
  snprintf(here.folder, sizeof here.folder, "/tmp/askonce-contract.XXXXXX");
  ck_assert(mkdtemp(here.folder) != NULL);
  if (fixture_is_sqlite())
    snprintf(here.url, sizeof here.url, "sqlite:%s/store.db", here.folder);
  else
    ck_assert_msg(fixture_pg_fresh_url(here.url, sizeof here.url), "no fresh place in PostgreSQL");
  open_store();
  add_partner("ours", 'a', &here.ours);
  add_partner("theirs", 'b', &here.theirs);
  struct ask_rule_file file = {.path = "forms/intake.yaml", .bytes = {"form: test\n", 11}};
  fixture_ok(ask_store_rules_put(here.session, FIXTURE_RULES, &file, 1));
}

static void tear_down(void) {
  close_store();
  ask_arena_free(here.arena);
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", here.folder);
  if (system(command) != 0) fprintf(stderr, "%s was not removed\n", here.folder);
}

int fixture_main(const char *name, const TTest *const *tests) {
  char url[FIXTURE_URL];
  if (!fixture_is_sqlite() && !fixture_pg_fresh_url(url, sizeof url)) {
    printf("skipped: there is no PostgreSQL for tests here\n");
    return 77;
  }
  Suite *suite = suite_create(name);
  TCase *test_case = tcase_create(name);
  tcase_add_checked_fixture(test_case, set_up, tear_down);
  tcase_set_timeout(test_case, 20);
  for (; *tests; tests++) tcase_add_test(test_case, *tests);
  suite_add_tcase(suite, test_case);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? 1 : 0;
}

struct ask_write fixture_write(const struct ask_partner_key *by, const struct ask_uuid *assessment, int32_t number) {
  /* As many as a test may number; texts have to outlive the write. */
  static const char *const answers[] = {"{}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}"};
  static const char *const results[] = {"{}", "{\"r\":1}", "{\"r\":2}", "{\"r\":3}", "{\"r\":4}", "{\"r\":5}"};
  size_t which = number >= 0 && number < 6 ? (size_t)number : 0;
  struct ask_write write = {.revision = {.assessment = *assessment,
                                         .partner = by->partner,
                                         .key = by->id,
                                         .number = number,
                                         .at = 1795500000000000 + number,
                                         .as_of = (int64_t)20780 + number,
                                         .answers = {answers[which], strlen(answers[which])},
                                         .result = {results[which], strlen(results[which])}}};
  memcpy(write.revision.rules, FIXTURE_RULES, sizeof FIXTURE_RULES);
  write.status = ASK_STORE_BUSY; /* one that no commit gives: it has to be set */
  return write;
}

void fixture_key(struct ask_write *write, const char *key, unsigned char content) {
  write->idempotency_key = (struct ask_text){key, strlen(key)};
  memset(write->fingerprint, content, sizeof write->fingerprint);
}

enum ask_store_status fixture_commit(struct ask_write *write) {
  ask_store_commit(here.session, &write, 1);
  return write->status;
}

struct ask_uuid fixture_assessment(void) {
  struct ask_uuid id = fixture_uuid();
  struct ask_write write = fixture_write(&here.ours, &id, 1);
  fixture_ok(fixture_commit(&write));
  return id;
}

void fixture_expect(ask_store_session *session, const struct ask_write *write) {
  const struct ask_revision *wanted = &write->revision;
  struct ask_arena *arena = ask_arena_new();
  struct ask_revision found = {0};
  enum ask_store_status status =
      ask_store_get(session, &wanted->partner, &wanted->assessment, wanted->number, arena, &found);
  ck_assert_msg(status == ASK_STORE_OK, "revision %d is %s (%s)", wanted->number, ask_store_status_text(status),
                ask_store_message(session));
  ck_assert(fixture_same(&found.assessment, &wanted->assessment));
  ck_assert(fixture_same(&found.partner, &wanted->partner));
  ck_assert(fixture_same(&found.key, &wanted->key));
  ck_assert_int_eq(found.number, wanted->number);
  ck_assert_int_eq(found.at, wanted->at);
  ck_assert_int_eq(found.as_of, wanted->as_of);
  ck_assert_str_eq(found.rules, wanted->rules);
  ck_assert_uint_eq(found.answers.length, wanted->answers.length);
  ck_assert_mem_eq(found.answers.bytes, wanted->answers.bytes, wanted->answers.length);
  ck_assert_uint_eq(found.result.length, wanted->result.length);
  ck_assert_mem_eq(found.result.bytes, wanted->result.bytes, wanted->result.length);
  ask_arena_free(arena);
}
