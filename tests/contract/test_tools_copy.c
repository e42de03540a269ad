/* Contract: moving a whole store into another and backing it up: equal rows, also after being killed at any moment,
 * also while others write. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "contract/tools_helper.h"
#include "store/copy.h"

struct seen {
  int64_t done, total;
  int times;
};

static void see(void *context, int64_t done, int64_t total) {
  struct seen *seen = context;
  ck_assert_int_ge(done, seen->done);
  ck_assert_int_le(done, total);
  seen->done = done;
  seen->total = total;
  seen->times++;
}

static enum ask_store_status copy(ask_store_session *from, ask_store_session *to, struct ask_copy_outcome *ret,
                                  char message[ASK_STORE_MESSAGE]) {
  struct ask_copy_source source = ask_copy_source_of(from);
  struct seen seen = {0};
  enum ask_store_status status = ask_copy_rows(&source, to, "test", see, &seen, ret, message);
  if (status == ASK_STORE_OK) ck_assert_int_eq(seen.done, seen.total);
  return status;
}

static void copy_ok(ask_store_session *from, ask_store_session *to, struct ask_copy_outcome *ret) {
  char message[ASK_STORE_MESSAGE];
  enum ask_store_status status = copy(from, to, ret, message);
  ck_assert_msg(status == ASK_STORE_OK, "%s", message);
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

/* 10,000 rows and some there, then back into the other kind. */
START_TEST(ten_thousand_rows_move_and_come_back) {
  char there[FIXTURE_URL], back[FIXTURE_URL];
  struct ask_copy_outcome outcome;
  tools_fill(fixture()->session, 3400);
  tools_fill_documents(fixture()->session, 60);
  tools_fresh_file(there);
  tools_fresh_url(back);
  struct ask_store *second = tools_open(there), *third = tools_open(back);
  ask_store_session *two = ask_store_session_open(second), *three = ask_store_session_open(third);
  copy_ok(fixture()->session, two, &outcome);
  ck_assert_int_eq(outcome.brought, 5 + 3400 * 3 + 60);
  ck_assert_int_eq(outcome.already, 0);
  ck_assert(!outcome.taken_up);
  ck_assert(ask_counts_equal(&outcome.from, &outcome.to));
  tools_expect_equal(fixture()->session, two);
  copy_ok(two, three, &outcome);
  tools_expect_equal(fixture()->session, three);
  /* once more: all is there */
  copy_ok(two, three, &outcome);
  ck_assert_int_eq(outcome.brought, 0);
  ck_assert_int_eq(outcome.already, 5 + 3400 * 3 + 60);
  ck_assert(outcome.taken_up);
  ask_store_session_close(three);
  ask_store_session_close(two);
  ask_store_close(third);
  ask_store_close(second);
}
END_TEST

START_TEST(what_came_since_is_brought_by_the_next_run) {
  char url[FIXTURE_URL];
  struct ask_copy_outcome outcome;
  tools_fill(fixture()->session, 3);
  tools_fresh_url(url);
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  copy_ok(fixture()->session, session, &outcome);
  tools_fill(fixture()->session, 4);
  copy_ok(fixture()->session, session, &outcome);
  ck_assert_int_eq(outcome.brought + outcome.already, 5 + 7 * 3);
  ck_assert_int_ge(outcome.brought, 4 * 3);
  tools_expect_equal(fixture()->session, session);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

START_TEST(a_target_with_other_contents_is_refused_by_name) {
  char url[FIXTURE_URL], message[ASK_STORE_MESSAGE], text[ASK_UUID_TEXT];
  struct ask_copy_outcome outcome;
  struct ask_uuid id = fixture_assessment();
  tools_fresh_url(url);
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  copy_ok(fixture()->session, session, &outcome);
  /* both go on by themselves */
  struct ask_write here = fixture_write(&fixture()->ours, &id, 2), there = here, *group = &there;
  there.revision.answers = (struct ask_text){"{\"secret\":1}", 12};
  fixture_ok(fixture_commit(&here));
  ask_store_commit(session, &group, 1);
  fixture_ok(there.status);
  ck_assert_int_eq(copy(fixture()->session, session, &outcome, message), ASK_STORE_CONFLICT);
  ask_uuid_text(&id, text);
  ck_assert_msg(strstr(message, "revision 2 of assessment") && strstr(message, text), "%s", message);
  ck_assert(!strstr(message, "secret"));
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

START_TEST(a_target_with_rows_of_its_own_is_told_by_the_counts) {
  char url[FIXTURE_URL];
  struct ask_copy_outcome outcome;
  tools_fresh_url(url);
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  struct ask_partner_key key = {.id = fixture_uuid(), .name = "another"};
  struct ask_uuid partner = fixture_uuid();
  memset(key.hash, 'd', ASK_HASH_TEXT - 1);
  fixture_ok(ask_store_key_add(session, &key, &partner));
  copy_ok(fixture()->session, session, &outcome);
  ck_assert(!ask_counts_equal(&outcome.from, &outcome.to));
  ck_assert_int_eq(outcome.to.partners, outcome.from.partners + 1);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

/* ---- being killed ------------------------------------------------------------------------------------------------ */

static void pause_milliseconds(long milliseconds) {
  nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000}, NULL);
}

/* Runs the work in a process of its own, which is killed after so many milliseconds (0: not). True: it came to its
 * end. */
static bool run_and_kill(void (*work)(const char *from, const char *to), const char *from, const char *to,
                         long milliseconds) {
  int how = 0;
  fflush(NULL);
  pid_t child = fork();
  ck_assert_int_ge(child, 0);
  if (child == 0) {
    work(from, to);
    _exit(0);
  }
  if (milliseconds) {
    pause_milliseconds(milliseconds);
    kill(child, SIGKILL);
  }
  ck_assert_int_eq(waitpid(child, &how, 0), child);
  ck_assert_msg(WIFSIGNALED(how) ? WTERMSIG(how) == SIGKILL : WEXITSTATUS(how) == 0, "it ended with %d", how);
  return WIFEXITED(how);
}

/* In the child: nothing of Check. */
static void move_all(const char *from, const char *to) {
  struct ask_problems problems = {.arena = ask_arena_new()};
  struct ask_store *source = ask_store_open(from, &(struct ask_store_options){0}, &problems);
  struct ask_store *target = ask_store_open(to, &(struct ask_store_options){.create = true}, &problems);
  if (!source || !target) _exit(3);
  ask_store_session *reading = ask_store_session_open(source), *writing = ask_store_session_open(target);
  struct ask_copy_source rows = ask_copy_source_of(reading);
  struct ask_copy_outcome outcome;
  char message[ASK_STORE_MESSAGE];
  enum ask_store_status status = ask_copy_rows(&rows, writing, "test", NULL, NULL, &outcome, message);
  if (status != ASK_STORE_OK) {
    fprintf(stderr, "%s\n", message);
    _exit(4);
  }
}

static void back_up(const char *from, const char *to) {
  struct ask_problems problems = {.arena = ask_arena_new()};
  struct ask_store *source = ask_store_open(from, &(struct ask_store_options){0}, &problems);
  if (!source) _exit(3);
  ask_store_session *session = ask_store_session_open(source);
  if (ask_store_backup(session, to, NULL, NULL) != ASK_STORE_OK) {
    fprintf(stderr, "%s\n", ask_store_message(session));
    _exit(4);
  }
}

/* No connection is carried into another process. */
static void let_go(void) {
  fixture()->session = ask_store_session_close(fixture()->session);
  fixture()->store = ask_store_close(fixture()->store);
}

START_TEST(a_move_that_is_killed_goes_on) {
  char url[FIXTURE_URL];
  int kills = 0;
  tools_fill(fixture()->session, 2000);
  tools_fill_documents(fixture()->session, 20);
  tools_fresh_url(url);
  let_go();
  unsigned seed = (unsigned)getpid();
  for (int i = 0; i < 12; i++) kills += !run_and_kill(move_all, fixture()->url, url, 1 + rand_r(&seed) % (20 + 20 * i));
  ck_assert_int_gt(kills, 0);
  ck_assert(run_and_kill(move_all, fixture()->url, url, 0));
  fixture_reopen();
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  tools_expect_equal(fixture()->session, session);
  ask_store_session_close(session);
  ask_store_close(store);
}
END_TEST

static bool is_there(const char *path) { return access(path, F_OK) == 0; }

START_TEST(a_backup_that_is_killed_leaves_none_or_a_whole_one) {
  char path[128], url[FIXTURE_URL], beside[160];
  int kills = 0;
  tools_fill(fixture()->session, 2000);
  snprintf(path, sizeof path, "%s/copy.db", fixture()->folder);
  snprintf(url, sizeof url, "sqlite:%s", path);
  let_go();
  unsigned seed = (unsigned)getpid();
  for (int i = 0; i < 13; i++) {
    bool ended = run_and_kill(back_up, fixture()->url, path, i == 12 ? 0 : 1 + rand_r(&seed) % (10 + 15 * i));
    kills += !ended;
    if (ended) ck_assert(is_there(path));
    if (!is_there(path)) continue;
    fixture_reopen();
    struct ask_store *store = tools_open(url);
    ask_store_session *session = ask_store_session_open(store);
    tools_expect_equal(fixture()->session, session);
    ask_store_session_close(session);
    ask_store_close(store);
    let_go();
    unlink(path);
  }
  ck_assert_int_gt(kills, 0);
  snprintf(beside, sizeof beside, "%s.part", path);
  ck_assert(!is_there(beside));
  fixture_reopen();
}
END_TEST

/* ---- backing up -------------------------------------------------------------------------------------------------- */

START_TEST(a_backup_is_the_store_in_one_file) {
  char path[128], url[FIXTURE_URL], beside[160];
  struct stat status;
  struct seen seen = {0};
  tools_fill(fixture()->session, 150);
  tools_fill_documents(fixture()->session, 20);
  snprintf(path, sizeof path, "%s/copy.db", fixture()->folder);
  snprintf(beside, sizeof beside, "%s.part", path);
  snprintf(url, sizeof url, "sqlite:%s", path);
  /* what a killed run left */
  int left = open(beside, O_WRONLY | O_CREAT, 0644);
  ck_assert_int_eq(write(left, "junk", 4), 4);
  close(left);
  fixture_ok(ask_store_backup(fixture()->session, path, see, &seen));
  ck_assert_int_gt(seen.times, 0);
  ck_assert_int_eq(seen.done, seen.total);
  ck_assert_int_eq(stat(path, &status), 0);
  ck_assert_int_eq(status.st_mode & 0777, 0600);
  static const char *const endings[] = {".part", "-wal", "-shm", "-journal", ".part-wal", ".part-shm", ".part-journal"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    snprintf(beside, sizeof beside, "%s%s", path, endings[i]);
    ck_assert_msg(!is_there(beside), "%s", beside);
  }
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  tools_expect_equal(fixture()->session, session);
  ask_store_session_close(session);
  ask_store_close(store);
  tools_expect_whole(fixture()->session);
}
END_TEST

START_TEST(a_backup_is_written_over_nothing) {
  char path[128], beside[160], text[8] = "";
  snprintf(path, sizeof path, "%s/mine", fixture()->folder);
  snprintf(beside, sizeof beside, "%s.part", path);
  FILE *file = fopen(path, "w");
  fputs("mine", file);
  fclose(file);
  fixture_is(ask_store_backup(fixture()->session, path, NULL, NULL), ASK_STORE_CONFLICT);
  ck_assert(strstr(ask_store_message(fixture()->session), path));
  file = fopen(path, "r");
  ck_assert(fgets(text, sizeof text, file));
  fclose(file);
  ck_assert_str_eq(text, "mine");
  ck_assert(!is_there(beside));
  snprintf(path, sizeof path, "%s/no such folder/copy", fixture()->folder);
  fixture_is(ask_store_backup(fixture()->session, path, NULL, NULL), ASK_STORE_AWAY);
  fixture_is(ask_store_backup(fixture()->session, fixture()->folder, NULL, NULL), ASK_STORE_CONFLICT);
}
END_TEST

/* Others write: pairs of revisions in one group, so that a moment has both or none. */
struct others {
  ask_store_session *session;
  atomic_bool stop;
  atomic_int pairs;
};

static void *write_pairs(void *context) {
  struct others *others = context;
  while (!atomic_load(&others->stop)) {
    tools_fill(others->session, 3);
    atomic_fetch_add(&others->pairs, 3);
  }
  return NULL;
}

START_TEST(a_backup_under_writes_is_of_one_moment) {
  struct others others = {.session = ask_store_session_open(fixture()->store)};
  pthread_t thread;
  tools_fill(fixture()->session, 300);
  ck_assert_int_eq(pthread_create(&thread, NULL, write_pairs, &others), 0);
  for (int i = 0; i < 4; i++) {
    char path[128], url[FIXTURE_URL];
    struct ask_store_counts counts;
    snprintf(path, sizeof path, "%s/copy%d.db", fixture()->folder, i);
    snprintf(url, sizeof url, "sqlite:%s", path);
    int before = atomic_load(&others.pairs);
    while (atomic_load(&others.pairs) == before) pause_milliseconds(1);
    before = atomic_load(&others.pairs);
    fixture_ok(ask_store_backup(fixture()->session, path, NULL, NULL));
    struct ask_store *store = tools_open(url);
    ask_store_session *session = ask_store_session_open(store);
    tools_expect_whole(session);
    fixture_ok(ask_store_count(session, &counts));
    ck_assert_int_eq(counts.revisions, 2 * counts.assessments);
    ck_assert_int_eq(counts.idempotency_keys, counts.assessments);
    ck_assert_int_ge(counts.assessments, 300 + before);
    ask_store_session_close(session);
    ask_store_close(store);
  }
  atomic_store(&others.stop, true);
  pthread_join(thread, NULL);
  ask_store_session_close(others.session);
  tools_expect_whole(fixture()->session);
}
END_TEST

/* Somebody writes between any two steps. */
struct between {
  ask_store_session *session;
  int times;
};

static void write_between(void *context, int64_t done, int64_t total) {
  struct between *between = context;
  ck_assert_int_le(done, total);
  ck_assert_int_lt(++between->times, 100); /* it does not begin again and again */
  tools_fill(between->session, 1);
}

START_TEST(a_backup_comes_to_its_end_beside_a_busy_server) {
  enum { LONG = 100000, WRITES = 80 };
  struct between between = {.session = ask_store_session_open(fixture()->store)};
  char path[128], url[FIXTURE_URL], *text = malloc(LONG);
  struct ask_store_counts counts;
  unsigned seed = 1;
  for (int i = 0; i < WRITES; i++) { /* many pages: nothing to be squeezed out of it */
    struct ask_uuid id = fixture_uuid();
    struct ask_write write = fixture_write(&fixture()->ours, &id, 1);
    for (int j = 0; j < LONG; j++) text[j] = (char)('0' + rand_r(&seed) % 64);
    text[0] = '{';
    text[LONG - 1] = '}';
    write.revision.result = (struct ask_text){text, LONG};
    fixture_ok(fixture_commit(&write));
  }
  free(text);
  snprintf(path, sizeof path, "%s/copy.db", fixture()->folder);
  snprintf(url, sizeof url, "sqlite:%s", path);
  fixture_ok(ask_store_backup(fixture()->session, path, write_between, &between));
  ck_assert_int_gt(between.times, 0);
  struct ask_store *store = tools_open(url);
  ask_store_session *session = ask_store_session_open(store);
  fixture_ok(ask_store_count(session, &counts));
  ck_assert_int_eq(counts.assessments, WRITES); /* as it stood when it began */
  tools_expect_whole(session);
  ask_store_session_close(session);
  ask_store_close(store);
  ask_store_session_close(between.session);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {ten_thousand_rows_move_and_come_back,
                                what_came_since_is_brought_by_the_next_run,
                                a_target_with_other_contents_is_refused_by_name,
                                a_target_with_rows_of_its_own_is_told_by_the_counts,
                                a_move_that_is_killed_goes_on,
                                a_backup_that_is_killed_leaves_none_or_a_whole_one,
                                a_backup_is_the_store_in_one_file,
                                a_backup_is_written_over_nothing,
                                a_backup_under_writes_is_of_one_moment,
                                a_backup_comes_to_its_end_beside_a_busy_server,
                                NULL};
  return fixture_main("tools_copy", tests);
}
